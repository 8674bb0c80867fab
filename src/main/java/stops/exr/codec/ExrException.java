package stops.exr.codec;

/**
 * An EXR file is damaged, or has what is not supported. The message is one line: where in the file,
 * and what.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public final class ExrException extends Exception {
  private static final long serialVersionUID = 1;

  private final String problem;

  /** What is wrong, in words that can follow "part 0, scanline 16: ". */
  public ExrException(String problem) {
    super(problem);
    this.problem = problem;
  }

  private ExrException(String problem, Throwable cause) {
    super(problem, cause);
    this.problem = problem;
  }

  /** The message. */
  public String problem() {
    return problem;
  }

  /** The same problem with the place in the file before it. */
  public ExrException at(String place) {
    return new ExrException(place + ": " + problem, this);
  }
}
