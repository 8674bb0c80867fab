package stops.exr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import stops.Command;
import stops.Required;
import stops.exr.codec.Compression;

/** Runs the command line tools of OpenImageIO and OpenEXR. Tests compare files with them. */
public final class OpenExrTools {
  private OpenExrTools() {}

  /** Requires that the tools are installed. */
  public static void require() {
    Required.program("oiiotool");
    Required.program("exrmaketiled");
    Required.program("exrheader");
  }

  /**
   * Copies scanline files with another compression. All channels of a file should have one type.
   *
   * @param folder name of the copies' folder, beside each file
   */
  public static List<Path> recompress(List<Path> files, String folder, Compression compression)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("oiiotool"));
    List<Path> copies = new ArrayList<>();
    for (Path file : files) {
      Path copy = sibling(file, folder);
      copies.add(copy);
      command.addAll(List.of(file.toString(), "--compression", compression.toString()));
      command.addAll(List.of("-o", copy.toString(), "--pop"));
    }
    run(command);
    return copies;
  }

  /**
   * Copies a file as a tiled file with another compression.
   *
   * @param folder name of the copy's folder, beside the file
   */
  public static Path makeTiled(
      Path file, String folder, Compression compression, int width, int height)
      throws IOException, InterruptedException {
    Path copy = sibling(file, folder);
    List<String> command = new ArrayList<>(List.of("exrmaketiled", "-z", compression.toString()));
    command.addAll(List.of("-t", Integer.toString(width), Integer.toString(height)));
    command.addAll(List.of(file.toString(), copy.toString()));
    run(command);
    return copy;
  }

  private static Path sibling(Path file, String folder) throws IOException {
    Path path = file.resolveSibling(folder).resolve(file.getFileName());
    Files.createDirectories(path.getParent());
    return path;
  }

  /** Runs a tool and returns its output. Fails if the tool fails. */
  public static String run(List<String> command) throws IOException, InterruptedException {
    return Command.outputOf(command.toArray(String[]::new));
  }
}
