package stops.opencl.trial;

import java.time.Duration;
import stops.engine.EngineFailure;
import stops.opencl.OpenCl;
import stops.opencl.api.OpenClDevice;

/** Prints the devices and problems that a process gets after a trial. */
final class TrialMain {
  private TrialMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    DeviceTrial trial = new DeviceTrial(Duration.ofSeconds(4), false);
    OpenCl openCl = trial.openCl().get();
    openCl.problems().forEach(problem -> System.out.println("problem " + problem));
    for (OpenClDevice device : openCl.devices()) {
      System.out.println("device " + device.name());
      try {
        trial.require(device);
        System.out.println("usable " + device.name());
      } catch (EngineFailure e) {
        System.out.println("unusable " + e.getMessage());
      }
    }
  }
}
