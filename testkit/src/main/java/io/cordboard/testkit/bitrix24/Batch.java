// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code batch}: up to fifty commands, one after another, each of which can use what the ones before it returned. */
final class Batch {
    private static final int MOST = 50;
    private static final Pattern REFERENCE = Pattern.compile("\\$result((?:\\[[^\\]]*\\])+)");
    private static final Pattern KEY = Pattern.compile("\\[([^\\]]*)\\]");

    private final Runner runner;
    private final Map<String, Object> results = new LinkedHashMap<>();
    private final Map<String, Object> errors = new LinkedHashMap<>();
    private final Map<String, Object> totals = new LinkedHashMap<>();
    private final Map<String, Object> nexts = new LinkedHashMap<>();
    private final Map<String, Object> times = new LinkedHashMap<>();

    Batch(Runner runner) {
        this.runner = runner;
    }

    /** The methods that a batch asks for. */
    static List<String> methods(Params p) {
        return p.map("cmd").values().stream()
                .map(command -> method(Params.textOf(command)))
                .toList();
    }

    Map<String, Object> run(Params p) {
        Map<String, Object> commands = p.map("cmd");
        if (commands.size() > MOST) {
            throw new RestError(400, "ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded");
        }
        boolean halt = p.on("halt", false);
        for (Map.Entry<String, Object> command : commands.entrySet()) {
            one(command.getKey(), Params.textOf(command.getValue()));
            if (halt && !errors.isEmpty()) {
                break;
            }
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("result", php(results));
        result.put("result_error", php(errors));
        result.put("result_total", php(totals));
        result.put("result_next", php(nexts));
        result.put("result_time", php(times));
        return result;
    }

    private void one(String key, String command) {
        String method = method(command);
        int mark = command.indexOf('?');
        try {
            if (method.equals("batch")) {
                throw new RestError(405, "ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage");
            }
            // References are looked for after the decoding, so that their brackets may be encoded.
            Map<String, Object> params = Form.parse(mark < 0 ? "" : command.substring(mark + 1));
            Answer answer = runner.run(method, new Params(filled(params)));
            results.put(key, answer.result());
            if (answer.total() != null) {
                totals.put(key, answer.total());
            }
            if (answer.next() != null) {
                nexts.put(key, answer.next());
            }
            times.put(key, runner.time(method));
        } catch (RestError e) {
            errors.put(key, e.bodyInBatch());
        }
    }

    private static String method(String command) {
        int mark = command.indexOf('?');
        String name = mark < 0 ? command : command.substring(0, mark);
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".json") ? lower.substring(0, lower.length() - 5) : lower;
    }

    private Map<String, Object> filled(Map<String, Object> params) {
        Map<String, Object> filled = new LinkedHashMap<>();
        params.forEach((name, value) ->
                filled.put(name, value instanceof Map ? filled(Params.mapOf(value)) : fill(Params.textOf(value))));
        return filled;
    }

    private Object fill(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        if (matcher.matches()) {
            Object value = resolve(matcher.group(1));
            return value == null ? "" : value;
        }
        return matcher.reset().replaceAll(found -> Matcher.quoteReplacement(Params.textOf(resolve(found.group(1)))));
    }

    private @Nullable Object resolve(String path) {
        List<String> keys = new ArrayList<>();
        Matcher matcher = KEY.matcher(path);
        while (matcher.find()) {
            keys.add(matcher.group(1));
        }
        Object value = results;
        for (String key : keys) {
            value = Params.mapOf(value).get(key);
        }
        return value;
    }

    /** PHP has one kind of array: an empty one is a list, and so is one whose keys count from zero. */
    private static Object php(Map<String, Object> map) {
        int index = 0;
        for (String key : map.keySet()) {
            if (!key.equals(Integer.toString(index++))) {
                return map;
            }
        }
        return new ArrayList<>(map.values());
    }

    /** Runs one command. */
    interface Runner {
        Answer run(String method, Params params);

        Map<String, Object> time(String method);
    }
}
