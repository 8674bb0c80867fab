package stops.opencl.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jocl.cl_device_id;
import org.junit.jupiter.api.Test;

/** The answers are those of drivers on little-endian machines. */
class UniqueIdTest {
  private static final Set<String> ALL =
      Set.of(
          "cl_khr_device_uuid",
          "cl_khr_pci_bus_info",
          "cl_nv_device_attribute_query",
          "cl_amd_device_attribute_query");

  /** The ids of a device whose driver answers some queries. */
  private static String ids(Set<String> extensions, Map<Integer, String> answers) {
    Cl cl =
        (Cl)
            Proxy.newProxyInstance(
                Cl.class.getClassLoader(),
                new Class<?>[] {Cl.class},
                (proxy, method, arguments) -> {
                  String answer = answers.get((int) arguments[1]);
                  return answer == null
                      ? Answer.of(-30, () -> null)
                      : Answer.of(
                          0,
                          () -> Arrays.copyOf(HexFormat.of().parseHex(answer), (int) arguments[2]));
                });
    return UniqueId.of(new Driver(cl, new cl_device_id(), "0:0 Card"), extensions);
  }

  @Test
  void aCardHasTheSamePlaceWhicheverExtensionTellsIt() {
    String place = "pci=0000:c1:00.1";
    assertEquals(
        place, ids(ALL, Map.of(0x410f, "00000000" + "c1000000" + "00000000" + "01000000")));
    assertEquals(place, ids(ALL, Map.of(0x4008, "c1000000", 0x4009, "01000000")));
    assertEquals(place, ids(ALL, Map.of(0x4037, "01000000" + "0".repeat(34) + "c1" + "00" + "01")));
    assertEquals(
        "pci=0002:01:1f.0",
        ids(ALL, Map.of(0x4008, "01000000", 0x4009, "f8000000", 0x400a, "02000000")));
  }

  @Test
  void theUuidComesFirst() {
    String uuid = "00112233445566778899aabbccddeeff";
    assertEquals("uuid=" + uuid, ids(ALL, Map.of(0x106a, uuid)));
    assertEquals(
        "uuid=" + uuid + " pci=0000:01:00.0",
        ids(ALL, Map.of(0x106a, uuid, 0x4008, "01000000", 0x4009, "00000000")));
  }

  @Test
  void zerosAndQueriesWithoutTheExtensionTellNothing() {
    assertEquals("", ids(ALL, Map.of(0x106a, "00".repeat(16), 0x410f, "00".repeat(16))));
    assertEquals("", ids(Set.of(), Map.of(0x106a, "11".repeat(16))));
    assertEquals("", ids(ALL, Map.of(0x4037, "00000000" + "11".repeat(20))));
  }

  @Test
  void oneIdInCommonIsEnough() {
    assertTrue(UniqueId.overlap("uuid=1 pci=0000:01:00.0", "uuid=2 pci=0000:01:00.0"));
    assertTrue(UniqueId.overlap("uuid=1", "uuid=1 pci=0000:01:00.0"));
    assertFalse(UniqueId.overlap("uuid=1 pci=0000:01:00.0", "uuid=2 pci=0000:02:00.0"));
    assertFalse(UniqueId.overlap("", ""));
  }
}
