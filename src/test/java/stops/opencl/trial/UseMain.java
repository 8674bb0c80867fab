package stops.opencl.trial;

import java.nio.file.Path;
import stops.cache.PrivateFolder;

/**
 * Uses something in a private folder and ends. The arguments are the folder, what the process is
 * doing at its end ({@code starting} or {@code working}), and how it ends ({@code exit} or {@code
 * halt}).
 */
final class UseMain {
  /** What it uses. */
  static final String KEY = "a device";

  private UseMain() {}

  public static void main(String[] arguments) {
    UseMark mark = new UseMarks(new PrivateFolder(Path.of(arguments[0]))).begin(KEY);
    UseMark.Starting starting = mark.starting();
    if (arguments[1].equals("working")) {
      starting.close();
    }
    if (arguments[2].equals("exit")) {
      System.exit(0);
    }
    Runtime.getRuntime().halt(0);
  }
}
