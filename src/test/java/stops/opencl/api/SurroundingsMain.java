package stops.opencl.api;

/** Prints what drivers depend on. */
final class SurroundingsMain {
  private SurroundingsMain() {}

  public static void main(String[] arguments) {
    System.out.println(Surroundings.text());
  }
}
