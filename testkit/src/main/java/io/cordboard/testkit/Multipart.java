// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code multipart/form-data}. */
public final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");

    private Multipart() {}

    static Map<String, Object> parse(String contentType, byte[] body) {
        Map<String, Object> parts = new LinkedHashMap<>();
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            return parts;
        }
        byte[] mark = ("--" + boundary.group(1)).getBytes(StandardCharsets.ISO_8859_1);
        byte[] blank = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        int at = find(body, mark, 0);
        while (at >= 0) {
            int head = at + mark.length;
            int next = find(body, mark, head);
            int start = find(body, blank, head);
            if (next < 0 || start < 0 || start > next) {
                break;
            }
            String headers = new String(body, head, start - head, StandardCharsets.UTF_8);
            part(parts, headers, Arrays.copyOfRange(body, start + 4, Math.max(start + 4, next - 2)));
            at = next;
        }
        return parts;
    }

    private static void part(Map<String, Object> parts, String headers, byte[] content) {
        Matcher name = NAME.matcher(headers);
        Matcher file = FILE.matcher(headers);
        if (name.find()) {
            Object value = file.find() ? new Part(file.group(1), content) : new String(content, StandardCharsets.UTF_8);
            Form.put(parts, name.group(1), value);
        }
    }

    private static int find(byte[] in, byte[] what, int from) {
        for (int i = from; i <= in.length - what.length; i++) {
            int j = 0;
            while (j < what.length && in[i + j] == what[j]) {
                j++;
            }
            if (j == what.length) {
                return i;
            }
        }
        return -1;
    }

    /**
     * A file that was sent. Immutable.
     *
     * @param fileName its name
     * @param content its bytes
     */
    // The bytes are a file: kept as they are, and never compared here.
    @SuppressWarnings("ArrayRecordComponent")
    public record Part(String fileName, byte[] content) {
        @Override
        public String toString() {
            return fileName + ", " + content.length + " bytes";
        }
    }
}
