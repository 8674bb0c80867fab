package stops.opencl;

import com.google.gson.Gson;

/** Prints twice what there is of OpenCL devices, as JSON, one a line. */
final class DescribeMain {
  private DescribeMain() {}

  public static void main(String[] arguments) {
    for (int time = 0; time < 2; time++) {
      OpenCl.probe().devices().forEach(device -> System.out.println(new Gson().toJson(device)));
    }
  }
}
