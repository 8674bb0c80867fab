package stops.cli.view;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.FrameSyntax;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.terminal.StandardFiles;
import stops.cli.terminal.UsageException;
import stops.image.Domain;
import stops.sequence.FramePattern;
import stops.view.ViewInput;

/**
 * What {@code stops view} is asked for.
 *
 * @param inputs the pictures, in order
 * @param from domain of their light; null to go by each file
 * @param port the port to listen on, or 0 for a free one
 * @param browser whether a browser may be started
 * @param html the file to write instead; null to serve the page
 */
record ViewOptions(
    List<ViewInput> inputs, @Nullable Domain from, int port, boolean browser, @Nullable Path html) {
  private static final int MOST_PORT = 65535;

  /** So many pictures are still worth looking at in a page of a few megabytes. */
  private static final int MOST_IN_FILE = 64;

  static final List<Option> OPTIONS =
      List.of(
          Syntax.value(
              "frames",
              "RANGES",
              "A sequence: these frames, such as 1001-1100 or 1-99x2. IN then has %04d, #### or @ "
                  + "where the frame's number is."),
          Syntax.value(
              "from",
              "DOMAIN",
              "What the light of IN stands for: intensity or exposure. By default what the file "
                  + "says; files that say nothing hold intensities."),
          Syntax.value(
              "html",
              "FILE",
              "Write the page to FILE, with the pictures in it, scaled down if they are large. It "
                  + "needs no server and no network."),
          Syntax.value("port", "N", "Listen on this port. Default: any free one."),
          Syntax.flag("no-browser", "Print the address, and start no browser."));

  static ViewOptions of(Arguments given) throws UsageException {
    String from = given.value("from");
    String port = given.value("port");
    Path html = given.path("html");
    List<ViewInput> inputs = inputs(given);
    if (html != null) {
      for (String option : List.of("port", "no-browser")) {
        if (given.has(option)) {
          throw new UsageException(
              "--" + option + " is about the server, and --html writes a file without one");
        }
      }
      if (inputs.size() > MOST_IN_FILE) {
        throw new UsageException("--html takes up to " + MOST_IN_FILE + " pictures");
      }
    }
    return new ViewOptions(
        inputs,
        from == null ? null : ValueSyntax.domain("--from", from),
        port == null ? 0 : ValueSyntax.count("--port", port, MOST_PORT),
        !given.has("no-browser"),
        html);
  }

  private static List<ViewInput> inputs(Arguments given) throws UsageException {
    List<Path> files = given.files(1, Integer.MAX_VALUE, "IN");
    if (files.stream().anyMatch(StandardFiles::isStandard)) {
      throw new UsageException(
          "pictures are read again and again, and standard input is not; save it to a file");
    }
    String ranges = given.value("frames");
    if (ranges == null) {
      FrameSyntax.checkSingle(files);
      return files.stream()
          .map(file -> new ViewInput(file, file.toString(), OptionalInt.empty()))
          .toList();
    }
    if (files.size() > 1) {
      throw new UsageException("--frames takes one IN, not " + files.size());
    }
    FramePattern pattern = FrameSyntax.pattern("IN", files.getFirst());
    List<ViewInput> frames = new ArrayList<>();
    for (int number : FrameSyntax.numbers(ranges)) {
      Path file = pattern.file(number);
      frames.add(new ViewInput(file, file.toString(), OptionalInt.of(number)));
    }
    return frames;
  }

  /** The file to try before the page is served: the only one, or one of several that is there. */
  Path first() {
    return inputs.stream()
        .map(ViewInput::path)
        .filter(Files::exists)
        .findFirst()
        .orElse(inputs.getFirst().path());
  }
}
