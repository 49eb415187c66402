// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

import io.cordboard.pbx.Recordings;

/** A CRM that keeps recordings with its calls. */
public interface RecordingArchive {
    /**
     * Puts a recording to the record of its call.
     *
     * @param attempt which call
     * @param file the recording; read once or by its link
     * @return what became of it
     */
    Outcome attach(Attempt<CrmWrite.AttachRecording> attempt, Recordings.Ready file);
}
