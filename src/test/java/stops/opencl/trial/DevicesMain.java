package stops.opencl.trial;

import java.time.Duration;

/** Prints the result of a trial of all devices. The argument is the time limit in seconds. */
final class DevicesMain {
  private DevicesMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Duration limit = Duration.ofSeconds(Long.parseLong(arguments[0]));
    DeviceTrial.Answer answer = new DeviceTrial(limit, false).run();
    answer
        .devices()
        .forEach((device, verdict) ->
            System.out.println(verdict.outcome() + " " + device.name() + ": " + verdict.text()));
    answer.problems().forEach(problem -> System.out.println("problem " + problem));
  }
}
