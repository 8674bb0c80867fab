package stops.opencl.api;

/** Prints {@link Surroundings#text}. */
final class SurroundingsMain {
  private SurroundingsMain() {}

  public static void main(String[] arguments) {
    System.out.println(Surroundings.text());
  }
}
