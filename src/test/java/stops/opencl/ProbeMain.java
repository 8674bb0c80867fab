package stops.opencl;

/** Prints the OpenCL devices and problems, for tests that break the environment of a JVM. */
public final class ProbeMain {
  private ProbeMain() {}

  public static void main(String[] arguments) {
    OpenCl openCl = OpenCl.probe();
    openCl.devices().forEach(device -> System.out.println("device " + device.label()));
    openCl.problems().forEach(problem -> System.out.println("problem " + problem));
  }
}
