package stops.view;

/** What is wrong with a request or a picture, in a line for the page. */
final class ViewProblem extends Exception {
  private static final long serialVersionUID = 1;

  /** The request makes no sense. */
  static final int BAD_REQUEST = 400;

  /** Not for whoever asks. */
  static final int FORBIDDEN = 403;

  /** The file is another one than that which was shown. */
  static final int CHANGED = 409;

  /** The file cannot be read. */
  static final int UNREADABLE = 422;

  private final int status;

  ViewProblem(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The status of HTTP. */
  int status() {
    return status;
  }
}
