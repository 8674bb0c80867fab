package stops.view;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask: whoever knows the token, through a name of this machine itself. Pages of other sites
 * know no token, and a name of theirs that leads here is refused.
 */
final class Access {
  private static final int TOKEN_BYTES = 16;

  /** Any port: the user may have forwarded one of another machine. */
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost");

  private final String token;

  Access() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    token = HexFormat.of().formatHex(random);
  }

  String token() {
    return token;
  }

  /** The path behind the token of a request that is allowed. */
  Optional<String> path(HttpExchange exchange) {
    InetSocketAddress from = exchange.getRemoteAddress();
    if (!from.getAddress().isLoopbackAddress() || !isHere(exchange.getRequestHeaders())) {
      return Optional.empty();
    }
    String path = exchange.getRequestURI().getRawPath();
    int end = path == null ? -1 : path.indexOf('/', 1);
    if (path == null || end < 0) {
      return Optional.empty();
    }
    byte[] given = path.substring(1, end).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, token.getBytes(StandardCharsets.UTF_8))
        ? Optional.of(path.substring(end + 1))
        : Optional.empty();
  }

  private static boolean isHere(Headers headers) {
    String host = headers.getFirst("Host");
    if (host == null
        || !HOSTS.contains(host.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT))) {
      return false;
    }
    String origin = headers.getFirst("Origin");
    return origin == null || origin.equals("http://" + host);
  }

  /** The whole number that a query gives to a name. */
  static long number(URI uri, String name) throws ViewProblem {
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        try {
          return Integer.parseInt(pair.substring(name.length() + 1));
        } catch (NumberFormatException e) {
          break;
        }
      }
    }
    throw new ViewProblem(ViewProblem.BAD_REQUEST, "the request needs a whole number " + name);
  }
}
