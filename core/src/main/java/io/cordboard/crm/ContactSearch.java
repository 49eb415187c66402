// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.Contact;
import java.util.List;

/** A CRM that can be asked whose number it is. */
public interface ContactSearch {
    /**
     * {@return whoever may have the number; the engine checks the whole number again}
     *
     * @param number the number
     * @throws io.cordboard.connector.ConnectorException when the CRM could not be asked
     */
    List<Contact> search(PhoneNumber number);
}
