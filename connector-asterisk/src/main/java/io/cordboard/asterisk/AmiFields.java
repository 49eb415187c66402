// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.asteriskjava.manager.event.CdrEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.jspecify.annotations.Nullable;

/**
 * Turns asterisk-java's event objects back into names and values.
 *
 * <p>Their getters are uneven ({@code getLinkedid}, {@code getLinkedId}, {@code getPausedReason} and
 * {@code getPausedreason}, of which one is always null), so they are read by their names in lower case, whichever has a
 * value. Safe for use by many threads.
 */
final class AmiFields {
    /** The events that matter; all others are not even copied. */
    private static final Set<String> WANTED = Set.of(
            "newchannel",
            "newcallerid",
            "newstate",
            "dialbegin",
            "dialstate",
            "dialend",
            "bridgeenter",
            "bridgeleave",
            "hold",
            "unhold",
            "blindtransfer",
            "attendedtransfer",
            "hanguprequest",
            "hangup",
            "queuecallerjoin",
            "originateresponse",
            "cdr",
            "mixmonitorstart",
            "coreshowchannel",
            "coreshowchannelscomplete",
            "queuemember",
            "queuememberstatus",
            "queuememberpause",
            "queuememberadded",
            "queuememberremoved",
            "devicestatechange",
            "shutdown");

    private static final Set<String> NOT_FIELDS =
            Set.of("class", "source", "datereceived", "channelvariables", "dynamicproperties", "starttimeasdate");

    private final Map<Class<?>, String> names = new ConcurrentHashMap<>();
    private final Map<Class<?>, Map<Method, String>> getters = new ConcurrentHashMap<>();

    /** {@return the event, if it matters} */
    Optional<AmiEvent> read(ManagerEvent event) {
        String name = names.computeIfAbsent(event.getClass(), AmiFields::name);
        if (!WANTED.contains(name)) {
            return Optional.empty();
        }
        Map<String, String> fields = new HashMap<>();
        getters.computeIfAbsent(event.getClass(), AmiFields::getters).forEach((getter, field) -> {
            Object value = value(getter, event);
            if (value != null) {
                fields.putIfAbsent(field, text(value));
            }
        });
        if (event instanceof CdrEvent cdr && cdr.getDynamicProperties() != null) {
            cdr.getDynamicProperties().forEach((key, value) -> put(fields, key.toLowerCase(Locale.ROOT), value));
        }
        Map<String, String> variables = new HashMap<>();
        if (event.getChannelVariables() != null) {
            event.getChannelVariables().forEach((key, value) -> put(variables, key, value));
        }
        return Optional.of(new AmiEvent(name, fields, variables));
    }

    /** A moment is a double, which Java would write with an exponent. */
    private static String text(Object value) {
        boolean finite = value instanceof Double number && Double.isFinite(number);
        return finite ? BigDecimal.valueOf((Double) value).toPlainString() : value.toString();
    }

    private static void put(Map<String, String> map, String key, @Nullable String value) {
        if (value != null) {
            map.putIfAbsent(key, value);
        }
    }

    private static String name(Class<?> type) {
        String name = type.getSimpleName().toLowerCase(Locale.ROOT);
        return name.endsWith("event") ? name.substring(0, name.length() - "event".length()) : name;
    }

    private static Map<Method, String> getters(Class<?> type) {
        Map<Method, String> found = new HashMap<>();
        for (Method method : type.getMethods()) {
            String name = method.getName();
            boolean getter = name.startsWith("get") && method.getParameterCount() == 0;
            Class<?> value = method.getReturnType();
            boolean plain = value == String.class || Number.class.isAssignableFrom(value) || value == Boolean.class;
            if (getter && plain && !Modifier.isStatic(method.getModifiers())) {
                String field = name.substring(3).toLowerCase(Locale.ROOT);
                if (!NOT_FIELDS.contains(field)) {
                    found.put(method, field);
                }
            }
        }
        return Map.copyOf(found);
    }

    private static @Nullable Object value(Method getter, ManagerEvent event) {
        try {
            return getter.invoke(event);
        } catch (IllegalAccessException | InvocationTargetException e) {
            // A getter that cannot be read is a field that was not sent.
            return null;
        }
    }
}
