package stops.view;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import stops.engine.EngineFailure;
import stops.engine.pool.EnginePool;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.Window;
import stops.strip.StripWorkers;

/**
 * Serves the page that shows pictures, on the loopback address alone, to whoever knows its token.
 * It answers requests for a few fixed names and for nothing else.
 */
public final class ViewServer implements AutoCloseable {
  private static final int THREADS = 8;

  /** Requests that wait for a connection; a browser opens six. */
  private static final int BACKLOG = 32;

  private static final List<String> FILES =
      List.of(
          "view.html",
          "view.css",
          "source.js",
          "gl.js",
          "tiles.js",
          "view.js",
          "measure.js",
          "ui.js");

  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "css", "text/css", "js", "text/javascript");

  private final HttpServer server;
  private final ExecutorService threads;
  private final Access access = new Access();
  private final OpenPages pages = new OpenPages();
  private final Work work;
  private final Pictures pictures;

  private ViewServer(HttpServer server, Work work, Pictures pictures) {
    this.server = server;
    this.work = work;
    this.pictures = pictures;
    threads =
        Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("stops-view-", 0).factory());
  }

  /**
   * Starts to serve.
   *
   * @param from domain of the light of the files; null to go by each
   * @param memoryBytes memory for overviews and tiles, beside that of the workers
   * @param port the port, or 0 for a free one
   * @throws IOException if the port is taken
   */
  public static ViewServer start(
      List<ViewInput> inputs,
      @Nullable Domain from,
      StripWorkers workers,
      EnginePool engines,
      long memoryBytes,
      int port)
      throws IOException {
    InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    HttpServer http = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
    Work work = Work.of(workers, engines, memoryBytes);
    ViewServer server = new ViewServer(http, work, new Pictures(inputs, from, work));
    http.setExecutor(server.threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  /** The address of the page. */
  public String address() {
    return String.format(
        Locale.ROOT, "http://127.0.0.1:%d/%s/", server.getAddress().getPort(), access.token());
  }

  /** Waits until there was a page and the last one is closed. */
  public void awaitLastPageClosed() throws InterruptedException {
    pages.awaitLastClosed();
  }

  private void handle(HttpExchange exchange) throws IOException {
    boolean stays = false;
    try {
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
      exchange
          .getResponseHeaders()
          .set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:");
      stays = answer(exchange);
    } catch (ViewProblem e) {
      problem(exchange, e.status(), e);
    } catch (ImageException e) {
      problem(exchange, ViewProblem.UNREADABLE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (EngineFailure | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      problem(exchange, 500, e);
    } finally {
      if (!stays) {
        exchange.close();
      }
    }
  }

  private static void problem(HttpExchange exchange, int status, Throwable e) throws IOException {
    send(exchange, status, "application/json", Answers.json(Map.of("error", Answers.message(e))));
  }

  /** Answers a request, and returns whether its connection stays open. */
  private boolean answer(HttpExchange exchange)
      throws IOException, ViewProblem, ImageException, EngineFailure, InterruptedException {
    Optional<String> path = access.path(exchange);
    if (path.isEmpty()) {
      throw new ViewProblem(ViewProblem.FORBIDDEN, "this address is not known here");
    }
    if (exchange.getRequestMethod().equals("POST") && path.get().equals("close")) {
      send(exchange, 200, "application/json", "{}");
      pages.end();
      return false;
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      exchange.getResponseHeaders().set("Allow", "GET");
      throw new ViewProblem(405, "only GET is allowed");
    }
    String name = path.get().isEmpty() ? "view.html" : path.get();
    if (name.equals("events")) {
      pages.add(exchange);
      return true;
    }
    if (FILES.contains(name)) {
      String type = TYPES.get(name.substring(name.indexOf('.') + 1));
      send(exchange, 200, type + "; charset=utf-8", resource(name));
    } else if (name.equals("tile")) {
      tile(exchange);
    } else {
      send(exchange, 200, "application/json", Answers.json(json(name, exchange.getRequestURI())));
    }
    return false;
  }

  private Object json(String name, URI uri)
      throws ViewProblem, ImageException, EngineFailure, InterruptedException {
    switch (name) {
      case "pictures" -> {
        return Answers.pictures(pictures.inputs());
      }
      case "picture" -> {
        return pictures.use(number(uri, "i"), true, Picture::description);
      }
      case "probe" -> {
        return pictures.use(
            number(uri, "i"),
            false,
            picture ->
                Answers.probe(picture, number(uri, "layer"), number(uri, "x"), number(uri, "y")));
      }
      case "statistics" -> {
        Window region = region(uri);
        return pictures.use(
            number(uri, "i"),
            false,
            picture -> Answers.statistics(picture, number(uri, "layer"), region, work));
      }
      default -> throw new ViewProblem(ViewProblem.FORBIDDEN, "this address is not known here");
    }
  }

  private static int number(URI uri, String name) throws ViewProblem {
    return (int) Access.number(uri, name);
  }

  private static Window region(URI uri) throws ViewProblem {
    long x = number(uri, "x");
    long y = number(uri, "y");
    long right = x + number(uri, "w") - 1;
    long bottom = y + number(uri, "h") - 1;
    if (right < x || bottom < y || right > Integer.MAX_VALUE || bottom > Integer.MAX_VALUE) {
      throw new ViewProblem(ViewProblem.BAD_REQUEST, "the region has no pixels");
    }
    return new Window((int) x, (int) y, (int) right, (int) bottom);
  }

  private void tile(HttpExchange exchange)
      throws IOException, ViewProblem, ImageException, EngineFailure, InterruptedException {
    URI uri = exchange.getRequestURI();
    Picture.Tile tile =
        pictures.use(
            number(uri, "i"),
            false,
            picture ->
                picture.tile(
                    number(uri, "layer"),
                    number(uri, "level"),
                    number(uri, "x"),
                    number(uri, "y")));
    exchange.getResponseHeaders().set("Stops-Progress", Double.toString(tile.progress()));
    if (tile.problem() != null) {
      exchange
          .getResponseHeaders()
          .set(
              "Stops-Problem",
              URLEncoder.encode(tile.problem(), StandardCharsets.UTF_8).replace("+", "%20"));
    }
    send(exchange, 200, "application/octet-stream", tile.bytes());
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    send(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] bytes)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    // The server warns on standard error of a length that no body follows.
    boolean bodiless = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
    if (bodiless) {
      return;
    }
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  /** A file of the page, by one of the fixed names. */
  static String resource(String name) throws IOException {
    try (InputStream file = ViewServer.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IOException("the program lacks its file " + name + "; install it again");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Ends the server and closes the pictures. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    pictures.close();
  }
}
