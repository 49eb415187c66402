// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.connector.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what to change when SQLite cannot do its work. */
final class Faults {
    private final Path file;

    Faults(Path file) {
        this.file = file;
    }

    StoreException explain(SQLException fault) {
        return new StoreException(sentence(fault), fault);
    }

    /** {@return whether every other work of the same batch would meet the same fault} */
    static boolean concernsFile(SQLException fault) {
        return switch (code(fault)) {
            case SQLITE_FULL,
                    SQLITE_BUSY,
                    SQLITE_LOCKED,
                    SQLITE_READONLY,
                    SQLITE_PERM,
                    SQLITE_IOERR,
                    SQLITE_CANTOPEN,
                    SQLITE_CORRUPT,
                    SQLITE_NOTADB -> true;
            default -> false;
        };
    }

    private String sentence(SQLException fault) {
        return switch (code(fault)) {
            case SQLITE_FULL -> "The disk of the store " + file + " is full; free some space, nothing needs a restart.";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "The store " + file + " is locked by another program; close that program.";
            case SQLITE_READONLY, SQLITE_PERM ->
                "The store " + file + " cannot be written; give this program's user the right to write it and its"
                        + " folder.";
            case SQLITE_CANTOPEN ->
                "The store " + file + " cannot be opened; check that its folder exists and that this program's user"
                        + " may write there.";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "The store " + file + " is damaged or is no store; restore its folder from a backup, or move it away"
                        + " to start with an empty one.";
            case SQLITE_IOERR ->
                "The store " + file + " could not be read or written; check its disk. (" + fault.getMessage() + ")";
            default -> "The store " + file + " refused: " + fault.getMessage();
        };
    }

    /** {@return the primary code; the upper bytes of an extended one say only more of the same} */
    private static SQLiteErrorCode code(SQLException fault) {
        if (!(fault instanceof SQLiteException known)) {
            return SQLiteErrorCode.UNKNOWN_ERROR;
        }
        return SQLiteErrorCode.getErrorCode(known.getResultCode().code & 0xff);
    }
}
