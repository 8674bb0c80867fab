package stops.opencl.api;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds libraries in the folders that the dynamic linker of Linux searches. */
final class LinkerPath {
  private static final List<String> USUAL = List.of("/lib64", "/usr/lib64", "/lib", "/usr/lib");

  private LinkerPath() {}

  /** The file of {@code library}, a name or a path; empty if it is not found. */
  static Optional<Path> find(String library) {
    try {
      if (library.contains("/")) {
        return Optional.of(Path.of(library)).filter(Files::exists);
      }
      return folders().stream()
          .map(folder -> Path.of(folder, library))
          .filter(Files::exists)
          .findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * A text that changes when another file takes the place of {@code library}, or when its folder
   * gets other files, such as libraries that it needs.
   */
  static String build(String library) {
    Optional<Path> found = find(library);
    if (found.isEmpty()) {
      return "found by the linker";
    }
    try {
      Path file = found.get().toRealPath();
      Path folder = file.resolveSibling("");
      return String.format(
          Locale.ROOT,
          "%s %d %s, folder of %s",
          file,
          Files.size(file),
          Files.getLastModifiedTime(file),
          Files.getLastModifiedTime(folder));
    } catch (IOException e) {
      return "unreadable";
    }
  }

  private static List<String> folders() {
    List<String> folders = new ArrayList<>();
    String chosen = System.getenv().getOrDefault("LD_LIBRARY_PATH", "");
    Stream.of(chosen.split(File.pathSeparator))
        .filter(folder -> folder.startsWith("/"))
        .forEach(folders::add);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of("/etc/ld.so.conf.d"), "*.conf")) {
      for (Path file : files) {
        try (Stream<String> lines = Files.lines(file)) {
          lines.map(String::strip).filter(line -> line.startsWith("/")).forEach(folders::add);
        }
      }
    } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
      // The usual folders remain.
    }
    folders.addAll(USUAL);
    return folders;
  }
}
