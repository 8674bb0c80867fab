package stops.opencl;

import com.google.gson.Gson;

/** Searches for the OpenCL devices twice and prints each device found as a line of JSON. */
final class DescribeMain {
  private DescribeMain() {}

  public static void main(String[] arguments) {
    for (int time = 0; time < 2; time++) {
      OpenCl.probe().devices().forEach(device -> System.out.println(new Gson().toJson(device)));
    }
  }
}
