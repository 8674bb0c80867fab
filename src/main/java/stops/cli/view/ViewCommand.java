package stops.cli.view;

import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Option;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Command;
import stops.cli.syntax.CommonOptions;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.syntax.WorkOptions;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.UsageException;
import stops.device.DeviceChoice;
import stops.engine.pool.EnginePool;
import stops.format.Formats;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.strip.StripWorkers;
import stops.view.SinglePage;
import stops.view.ViewServer;

/** {@code stops view}: shows pictures in the user's browser. */
public final class ViewCommand implements Command {

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>(ViewOptions.OPTIONS);
    options.add(WorkOptions.DEVICE);
    options.addAll(WorkOptions.OPTIONS);
    options.addAll(CommonOptions.OPTIONS);
    return new Syntax(
        "view",
        "IN...",
        List.of(
            "Shows pictures of any size in your browser, with an exposure slider in stops, values of "
                + "pixels and regions, false colour, and two pictures side by side.",
            "The page is served to this machine alone, at an address that is printed. The program "
                + "ends when the page is closed, or with Ctrl-C. "
                + "Example: stops view src/main/examples/desk.exr --html target/desk.html"),
        options);
  }

  @Override
  public int run(Arguments given) throws Exception {
    ViewOptions options = ViewOptions.of(given);
    CommonOptions common = CommonOptions.of(given);
    WorkOptions work = WorkOptions.of(given);
    DeviceChoice devices = ValueSyntax.devices("--device", given.value("device", "auto"));
    // A request that does not come to its end must not keep a thread for ever.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Half is for strips in work, a quarter for what is shown, and the rest for answers on their
    // way.
    long bytes = work.memory().bytes();
    MemoryBound reading = new MemoryBound(Math.max(1, bytes / 2));
    try (EnginePool engines = devices.open();
        StripWorkers workers = StripWorkers.converting(engines, work.threads(), reading)) {
      Path html = options.html();
      if (html != null) {
        SinglePage.write(html, options.inputs(), options.from(), workers, engines, bytes / 4);
        return ExitStatus.DONE;
      }
      check(options.first(), reading);
      return serve(options, common, workers, engines, bytes / 4);
    }
  }

  /** Says at once what the page would say. */
  private static void check(Path file, MemoryBound memory) throws ImageException {
    try (ImageSource source = Formats.of(file).open(file, memory)) {
      var unused = source.info();
    }
  }

  private static int serve(
      ViewOptions options,
      CommonOptions common,
      StripWorkers workers,
      EnginePool engines,
      long bytes)
      throws Exception {
    try (ViewServer server =
        ViewServer.start(
            options.inputs(), options.from(), workers, engines, bytes, options.port())) {
      if (common.json()) {
        Console.jsonLine(Map.of("address", server.address()));
      } else {
        Console.result(server.address());
        Console.flush();
      }
      if (options.browser()) {
        Browser.open(server.address());
      }
      server.awaitLastPageClosed();
      return ExitStatus.DONE;
    } catch (BindException e) {
      throw new UsageException(
          "--port: "
              + options.port()
              + " cannot be used: "
              + e.getMessage()
              + "; choose another, or leave it out");
    } catch (InterruptedException e) {
      // Ctrl-C is how it usually ends, and nothing is lost.
      return ExitStatus.INTERRUPTED;
    }
  }
}
