// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.connector.Connector;
import io.cordboard.connector.Health;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CallNotes;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.Escalations;
import io.cordboard.crm.RecordingArchive;
import io.cordboard.crm.TicketDesk;
import io.cordboard.playbook.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The configured PBXs and CRMs. Immutable. */
final class Accounts {
    private final Map<String, Connector> pbxs = new LinkedHashMap<>();
    private final Map<String, Connector> crms = new LinkedHashMap<>();
    private final List<Target> targets = new ArrayList<>();

    Accounts(List<Connector> pbxs, List<Connector> crms) {
        pbxs.forEach(connector -> once(this.pbxs, connector));
        crms.forEach(connector -> once(this.crms, connector));
        crms.forEach(connector -> targets.add(new Target(connector.account(), takes(connector))));
    }

    private void once(Map<String, Connector> map, Connector connector) {
        if (find(connector.account()).isPresent()) {
            throw new IllegalArgumentException("two accounts have the id " + connector.account());
        }
        map.put(connector.account(), connector);
    }

    private static Set<Class<? extends CrmWrite>> takes(Connector connector) {
        Set<Class<? extends CrmWrite>> kinds = new HashSet<>();
        connector.role(CallLog.class).ifPresent(role -> kinds.add(CrmWrite.LogCall.class));
        connector.role(RecordingArchive.class).ifPresent(role -> kinds.add(CrmWrite.AttachRecording.class));
        connector.role(CustomerDesk.class).ifPresent(role -> kinds.add(CrmWrite.CreateCustomer.class));
        connector.role(TicketDesk.class).ifPresent(role -> kinds.add(CrmWrite.OpenTicket.class));
        connector.role(Escalations.class).ifPresent(role -> kinds.add(CrmWrite.Escalate.class));
        connector.role(CallNotes.class).ifPresent(role -> kinds.add(CrmWrite.AddNote.class));
        return kinds;
    }

    Map<String, Connector> crms() {
        return crms;
    }

    Map<String, Connector> pbxs() {
        return pbxs;
    }

    List<Target> targets() {
        return targets;
    }

    Optional<Target> target(String account) {
        return targets.stream()
                .filter(target -> target.account().equals(account))
                .findFirst();
    }

    List<Connector> all() {
        List<Connector> all = new ArrayList<>(pbxs.values());
        all.addAll(crms.values());
        return all;
    }

    Optional<Connector> find(String account) {
        return Optional.ofNullable(pbxs.get(account)).or(() -> Optional.ofNullable(crms.get(account)));
    }

    /** {@return the role that a PBX plays} */
    <R> Optional<R> pbxRole(String pbx, Class<R> role) {
        return Optional.ofNullable(pbxs.get(pbx)).flatMap(connector -> connector.role(role));
    }

    Map<String, Health> health() {
        Map<String, Health> health = new LinkedHashMap<>();
        all().forEach(connector -> health.put(connector.account(), connector.health()));
        return health;
    }
}
