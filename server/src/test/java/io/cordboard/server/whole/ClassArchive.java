// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.whole;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * What the JVM found out about the classes of a program, kept from one start to the next: the second start costs little
 * more than half of the first. The JVM keeps it for jars only, so that folders of classes become jars first.
 */
final class ClassArchive {
    private final Path file;
    private final String classPath;

    private ClassArchive(Path file, String classPath) {
        this.file = file;
        this.classPath = classPath;
    }

    /** {@return an archive of this program that is still to be written} */
    static ClassArchive in(Path folder) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (!entry.isEmpty() && Files.isDirectory(path)) {
                Path jar = folder.resolve("classes" + jars.size() + ".jar");
                pack(path, jar);
                jars.add(jar.toString());
            } else if (Files.isRegularFile(path)) {
                jars.add(entry);
            }
        }
        return new ClassArchive(folder.resolve("classes.jsa"), String.join(File.pathSeparator, jars));
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
    }

    String classPath() {
        return classPath;
    }

    /** {@return the option that has a JVM write the archive when it ends} */
    String writing() {
        return "-XX:ArchiveClassesAtExit=" + file;
    }

    /** {@return the option that has a JVM use the archive, as far as it fits} */
    String reading() {
        return "-XX:SharedArchiveFile=" + file;
    }
}
