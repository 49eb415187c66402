// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import io.cordboard.playbook.Responsible;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The reasons that compiled classes can give: the sentences in the constants of each class that makes a {@code Why} or
 * a {@code Match}, or says how a call ended.
 */
final class SentencesOfClasses {
    private static final Set<String> GIVE_REASONS =
            Set.of("io/cordboard/call/Why", "io/cordboard/contact/Match", "io/cordboard/call/Ending");

    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<Integer, Integer> strings = new HashMap<>();
    private final Map<Integer, Integer> classes = new HashMap<>();
    /** The class and the name with the type of each method that is called. */
    private final List<int[]> methods = new ArrayList<>();

    private final Map<Integer, Integer> names = new HashMap<>();

    private SentencesOfClasses(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        in.skipNBytes(8);
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            read(in, tag, i);
            // Longs and doubles take two places.
            i += tag == 5 || tag == 6 ? 1 : 0;
        }
    }

    private void read(DataInputStream in, int tag, int at) throws IOException {
        switch (tag) {
            case 1 -> texts.put(at, in.readUTF());
            case 7 -> classes.put(at, in.readUnsignedShort());
            case 8 -> strings.put(at, in.readUnsignedShort());
            case 10 -> methods.add(new int[] {in.readUnsignedShort(), in.readUnsignedShort()});
            case 12 -> {
                names.put(at, in.readUnsignedShort());
                in.skipNBytes(2);
            }
            case 16, 19, 20 -> in.skipNBytes(2);
            case 15 -> in.skipNBytes(3);
            case 5, 6 -> in.skipNBytes(8);
            default -> in.skipNBytes(4);
        }
    }

    /** {@return the sentences of all classes in a folder or a jar} */
    static List<String> in(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            return below(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return below(jar.getPath("/"));
        }
    }

    private static List<String> below(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".class")).toList()) {
                SentencesOfClasses constants = new SentencesOfClasses(Files.readAllBytes(file));
                if (constants.givesReasons()) {
                    constants.sentences().forEach(found::add);
                }
            }
        }
        return found;
    }

    private boolean givesReasons() {
        return methods.stream()
                .filter(method -> "<init>".equals(texts.get(names.get(method[1]))))
                .anyMatch(method -> GIVE_REASONS.contains(texts.get(classes.get(method[0]))));
    }

    private Stream<String> sentences() {
        Stream<String> all = strings.values().stream().map(texts::get);
        return all.filter(text -> text.strip().contains(" ")).flatMap(SentencesOfClasses::filled);
    }

    /** A concatenation has a sign of its own for each place. */
    private static Stream<String> filled(String sentence) {
        if (!sentence.contains("\u0001")) {
            return Stream.of(sentence);
        }
        List<String> words = words(sentence);
        return words.stream().map(first -> {
            String second = words.get((words.indexOf(first) + 1) % words.size());
            return sentence.replaceFirst("\u0001", first).replaceFirst("\u0001", second);
        });
    }

    /** {@return what the places of a sentence are filled with} */
    private static List<String> words(String sentence) {
        if (sentence.startsWith("by ")) {
            return Stream.of(Responsible.Policy.values()).map(Enum::name).toList();
        }
        return sentence.startsWith("A ") ? List.of("person", "company", "lead") : List.of("customer", "agent");
    }
}
