// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads a YAML file into {@link Item}s that know their lines, and fills in the environment. */
final class YamlFile {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern NAMED = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);
    // An alias inside itself, or thousands of aliases of aliases, would never end.
    private static final int MOST_ITEMS = 20_000;
    private static final int DEEPEST = 20;
    private static final int MOST_BYTES = 1 << 20;

    private final String name;
    private final UnaryOperator<@Nullable String> environment;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Problem> unfilled = new LinkedHashSet<>();
    private int items;

    YamlFile(String name, UnaryOperator<@Nullable String> environment) {
        this.name = name;
        this.environment = environment;
    }

    /** {@return every problem by line; what follows from a missing environment variable is left out} */
    List<Problem> problems() {
        Set<Integer> lines = unfilled.stream().map(Problem::line).collect(Collectors.toSet());
        return Stream.concat(unfilled.stream(), problems.stream().filter(problem -> !lines.contains(problem.line())))
                .sorted(Comparator.comparingInt(Problem::line))
                .toList();
    }

    /** {@return whether the environment had everything that the file asks for} */
    boolean isFilled() {
        return unfilled.isEmpty();
    }

    void problem(int line, String message) {
        problems.add(new Problem(name, line, message));
    }

    /** {@return the file's content, or nothing when it cannot be read at all, which is a problem then} */
    Optional<Item> read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                problem(0, "is a folder; name the configuration file in it");
                return Optional.empty();
            }
            if (Files.size(file) > MOST_BYTES) {
                problem(0, "is larger than 1 MiB, which no configuration is");
                return Optional.empty();
            }
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            problem(0, "does not exist; name an existing configuration file");
        } catch (CharacterCodingException e) {
            problem(0, "is not UTF-8 text; save it as UTF-8");
        } catch (IOException e) {
            problem(0, unreadable(e));
        }
        return Optional.empty();
    }

    /** The names of Java's exceptions mean nothing to whoever wrote the file. */
    static String unreadable(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "may not be read by this program's user; give that user the right to read it";
        }
        String why = e instanceof FileSystemException fault ? fault.getReason() : e.getMessage();
        return "cannot be read" + (why == null ? "" : " (" + oneLine(why) + ")")
                + "; see that it is a file on a disk that works";
    }

    Optional<Item> parse(String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(name).build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problem(0, "is empty; it needs at least the key store");
                return Optional.empty();
            }
            return Optional.of(item(root.get(), "", 0));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            problem(line, "is not YAML: " + oneLine(e.getProblem()));
        } catch (YamlEngineException e) {
            problem(0, "is not YAML: " + oneLine(e.getMessage()));
        }
        return Optional.empty();
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "unknown" : text.lines().findFirst().orElse("unknown");
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private Item item(Node node, String path, int depth) {
        if (++items > MOST_ITEMS || depth > DEEPEST) {
            throw new YamlEngineException("it is nested too deeply or refers to itself");
        }
        if (node instanceof MappingNode mapping) {
            return keys(mapping, path, depth);
        }
        if (node instanceof SequenceNode sequence) {
            List<Item> members = new ArrayList<>();
            for (Node member : sequence.getValue()) {
                members.add(item(member, path + "[" + members.size() + "]", depth + 1));
            }
            return new Item.Members(members, line(node));
        }
        ScalarNode scalar = (ScalarNode) node;
        String value = scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue();
        return new Item.Text(filledIn(value, path, line(node)), line(node));
    }

    private Item keys(MappingNode mapping, String path, int depth) {
        Map<String, Item> found = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            int line = line(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problem(line, path + ": a key must be a word, but is a list or keys and values");
                continue;
            }
            String below = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
            Integer before = lines.putIfAbsent(key.getValue(), line);
            if (before != null) {
                problem(line, below + " is given twice, here and on line " + before + "; remove one");
                continue;
            }
            found.put(key.getValue(), item(tuple.getValueNode(), below, depth + 1));
        }
        return new Item.Keys(found, lines, line(mapping));
    }

    private String filledIn(String text, String path, int line) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String value = variable(matcher.group(1)).orElseGet(() -> {
                unfilled.add(new Problem(name, line, path + " " + complaint(matcher.group(1))));
                return "";
            });
            matcher.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(result).toString();
    }

    private Optional<String> variable(String inside) {
        Matcher matcher = NAMED.matcher(inside);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String value = environment.apply(matcher.group(1));
        boolean missing = value == null || value.isEmpty();
        return Optional.ofNullable(missing && matcher.group(2) != null ? matcher.group(2) : value);
    }

    private static String complaint(String inside) {
        Matcher matcher = NAMED.matcher(inside);
        return matcher.matches()
                ? "needs the environment variable " + inside + ", which is not set; set it or write ${" + inside
                        + ":-default}"
                : "has \"${" + inside + "}\", which is not understood; write ${NAME} or ${NAME:-default}";
    }
}
