package stops.view;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import stops.waiting.Deadline;

/**
 * The pages that are open. Each keeps a stream of events, which breaks when the page is closed.
 * Thread-safe.
 */
final class OpenPages {
  /** How often streams are tried. */
  private static final Duration BEAT = Duration.ofMillis(500);

  /** A page that is loaded again is back within this time. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private static final byte[] NOTHING = {':', '\n', '\n'};

  private final List<HttpExchange> streams = new ArrayList<>();
  private boolean ended;

  /** Takes the request of a page for its stream, and leaves it open. */
  synchronized void add(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(NOTHING);
    exchange.getResponseBody().flush();
    streams.add(exchange);
    notifyAll();
  }

  /** The user ended it. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Waits until there was a page and all are closed. */
  synchronized void awaitLastClosed() throws InterruptedException {
    while (!ended && streams.isEmpty()) {
      wait();
    }
    Deadline empty = Deadline.after(GRACE);
    while (!ended && !(streams.isEmpty() && empty.isOver())) {
      wait(BEAT.toMillis());
      streams.removeIf(stream -> !isOpen(stream));
      empty = streams.isEmpty() ? empty : Deadline.after(GRACE);
    }
  }

  private static boolean isOpen(HttpExchange stream) {
    try {
      OutputStream out = stream.getResponseBody();
      out.write(NOTHING);
      out.flush();
      return true;
    } catch (IOException closed) {
      stream.close();
      return false;
    }
  }
}
