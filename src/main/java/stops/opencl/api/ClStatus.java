package stops.opencl.api;

import java.util.Map;

/** The names of OpenCL's status codes, from the OpenCL headers. */
public final class ClStatus {
  static final int SUCCESS = 0;
  public static final int DEVICE_NOT_FOUND = -1;
  static final int OUT_OF_RESOURCES = -5;
  static final int INVALID_VALUE = -30;
  static final int INVALID_WORK_GROUP_SIZE = -54;

  /** The status that the ICD loader returns when no driver is installed. */
  public static final int PLATFORM_NOT_FOUND = -1001;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(-1, "DEVICE_NOT_FOUND"),
          Map.entry(-2, "DEVICE_NOT_AVAILABLE"),
          Map.entry(-3, "COMPILER_NOT_AVAILABLE"),
          Map.entry(-4, "MEM_OBJECT_ALLOCATION_FAILURE"),
          Map.entry(-5, "OUT_OF_RESOURCES"),
          Map.entry(-6, "OUT_OF_HOST_MEMORY"),
          Map.entry(-7, "PROFILING_INFO_NOT_AVAILABLE"),
          Map.entry(-8, "MEM_COPY_OVERLAP"),
          Map.entry(-9, "IMAGE_FORMAT_MISMATCH"),
          Map.entry(-10, "IMAGE_FORMAT_NOT_SUPPORTED"),
          Map.entry(-11, "BUILD_PROGRAM_FAILURE"),
          Map.entry(-12, "MAP_FAILURE"),
          Map.entry(-13, "MISALIGNED_SUB_BUFFER_OFFSET"),
          Map.entry(-14, "EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST"),
          Map.entry(-15, "COMPILE_PROGRAM_FAILURE"),
          Map.entry(-16, "LINKER_NOT_AVAILABLE"),
          Map.entry(-17, "LINK_PROGRAM_FAILURE"),
          Map.entry(-30, "INVALID_VALUE"),
          Map.entry(-31, "INVALID_DEVICE_TYPE"),
          Map.entry(-32, "INVALID_PLATFORM"),
          Map.entry(-33, "INVALID_DEVICE"),
          Map.entry(-34, "INVALID_CONTEXT"),
          Map.entry(-35, "INVALID_QUEUE_PROPERTIES"),
          Map.entry(-36, "INVALID_COMMAND_QUEUE"),
          Map.entry(-37, "INVALID_HOST_PTR"),
          Map.entry(-38, "INVALID_MEM_OBJECT"),
          Map.entry(-42, "INVALID_BINARY"),
          Map.entry(-43, "INVALID_BUILD_OPTIONS"),
          Map.entry(-44, "INVALID_PROGRAM"),
          Map.entry(-45, "INVALID_PROGRAM_EXECUTABLE"),
          Map.entry(-46, "INVALID_KERNEL_NAME"),
          Map.entry(-47, "INVALID_KERNEL_DEFINITION"),
          Map.entry(-48, "INVALID_KERNEL"),
          Map.entry(-49, "INVALID_ARG_INDEX"),
          Map.entry(-50, "INVALID_ARG_VALUE"),
          Map.entry(-51, "INVALID_ARG_SIZE"),
          Map.entry(-52, "INVALID_KERNEL_ARGS"),
          Map.entry(-53, "INVALID_WORK_DIMENSION"),
          Map.entry(-54, "INVALID_WORK_GROUP_SIZE"),
          Map.entry(-55, "INVALID_WORK_ITEM_SIZE"),
          Map.entry(-56, "INVALID_GLOBAL_OFFSET"),
          Map.entry(-57, "INVALID_EVENT_WAIT_LIST"),
          Map.entry(-58, "INVALID_EVENT"),
          Map.entry(-59, "INVALID_OPERATION"),
          Map.entry(-61, "INVALID_BUFFER_SIZE"),
          Map.entry(-63, "INVALID_GLOBAL_WORK_SIZE"),
          Map.entry(-64, "INVALID_PROPERTY"),
          Map.entry(-67, "INVALID_LINKER_OPTIONS"),
          Map.entry(PLATFORM_NOT_FOUND, "PLATFORM_NOT_FOUND_KHR"),
          Map.entry(-9999, "NVIDIA: illegal read or write to a buffer"));

  private ClStatus() {}

  /**
   * The name and number of a status, such as {@code CL_OUT_OF_RESOURCES (-5)}, or the number alone
   * if the name is unknown.
   */
  static String describe(int status) {
    String name = NAMES.get(status);
    return name == null
        ? "status " + status
        : (name.startsWith("NVIDIA") ? name : "CL_" + name) + " (" + status + ")";
  }
}
