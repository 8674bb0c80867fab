package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stops.cache.PrivateFolder;
import stops.opencl.api.Answer;
import stops.opencl.api.JoclCl;

/** Work-groups have the size that device and kernel allow, on a device that says it is a GPU. */
final class WorkGroupsTest {
  @TempDir Path folder = Path.of("");

  private final FaultyCl faulty = new FaultyCl(new JoclCl());

  /** The sizes of the work-groups that were asked for, accepted or not. */
  private final List<Long> sizes = new ArrayList<>();

  /**
   * Opens an engine, which runs the self-tests.
   *
   * @param deviceItems the most work-items that the device says it runs in a work-group
   * @param kernelItems the answer to the query of the kernel; null for a driver that fails it
   * @param acceptedItems the most that it really accepts
   * @param status the status of a work-group that is too large
   */
  private void open(long deviceItems, @Nullable Long kernelItems, long acceptedItems, int status)
      throws Exception {
    faulty.set((ordinal, call, arguments, proceed) -> {
      if (call.equals("clGetDeviceInfo") && arguments.length == 3) {
        if ((int) arguments[1] == CL.CL_DEVICE_TYPE) {
          return bytes(CL.CL_DEVICE_TYPE_GPU);
        }
        if ((int) arguments[1] == CL.CL_DEVICE_MAX_WORK_GROUP_SIZE) {
          return bytes(deviceItems);
        }
      }
      if (call.equals("clGetKernelWorkGroupInfo")) {
        return Answer.of(kernelItems == null ? -46 : 0, () -> kernelItems);
      }
      if (call.equals("clEnqueueNDRangeKernel")) {
        sizes.add((long) arguments[3]);
        if ((long) arguments[3] > acceptedItems) {
          return status;
        }
      }
      return proceed.call();
    });
    OpenCl openCl = OpenCl.probe(faulty.cl());
    openCl
        .open(
            TestDevice.find(openCl).orElseThrow(),
            TestDevice.options(1, 0, Arithmetic.FP64, false, new PrivateFolder(folder)))
        .close();
    assertEquals(List.of(), faulty.live());
    assertEquals(List.of(), faulty.wrongUses());
  }

  private static Answer<byte[]> bytes(long value) {
    return Answer.of(
        0,
        () ->
            ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(value).array());
  }

  @Test
  void aKernelSaysHowManyItTakes() throws Exception {
    open(1024, 64L, 64, -54);
    assertTrue(sizes.stream().allMatch(size -> size == 64), sizes.toString());
  }

  @Test
  void aDeviceMayAllowANumberThatIsNoPowerOfTwo() throws Exception {
    open(96, 96L, 96, -54);
    assertTrue(sizes.stream().allMatch(size -> size == 64), sizes.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {-54, -5})
  void whatIsRefusedIsTriedInSmallerGroups(int status) throws Exception {
    open(1024, 256L, 16, status);
    assertEquals(List.of(128L, 64L, 32L, 16L), sizes.subList(0, 4));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MIN_VALUE})
  void anAnswerThatCannotBeRightIsNoLimit(long answer) throws Exception {
    open(1024, answer, 128, -54);
    assertTrue(sizes.stream().allMatch(size -> size == 128), sizes.toString());
  }

  @Test
  void aQueryThatFailsIsNoLimit() throws Exception {
    open(1024, null, 128, -54);
    assertTrue(sizes.stream().allMatch(size -> size == 128), sizes.toString());
  }
}
