package stops.exr.codec;

/**
 * Thrown if an EXR file is damaged or uses an unsupported feature. The message is one line with the
 * place in the file and the problem.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public final class ExrException extends Exception {
  private static final long serialVersionUID = 1;

  private final String problem;

  /** Creates an exception. The problem is worded to follow "part 0, scanline 16: ". */
  public ExrException(String problem) {
    super(problem);
    this.problem = problem;
  }

  private ExrException(String problem, Throwable cause) {
    super(problem, cause);
    this.problem = problem;
  }

  /** The problem, as in the message. */
  public String problem() {
    return problem;
  }

  /** This problem, prefixed with the place in the file. */
  public ExrException at(String place) {
    return new ExrException(place + ": " + problem, this);
  }
}
