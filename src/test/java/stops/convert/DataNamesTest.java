package stops.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stops.engine.SampleType;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageInfo;
import stops.image.Part;
import stops.image.Window;

/**
 * Layers of renderers and compositors are recognised as light or as a kind of data. The names are
 * from their documentation, and each layer has channels R, G and B.
 */
class DataNamesTest {
  private static final Map<String, String> LEFT =
      Map.of(
          "Cryptomatte ids",
          """
          CryptoAsset00 CryptoObject CryptoObject01 CryptoMaterial02 crypto_material01 crypto_object
          cryptomatte Cryptomatte00 uCryptoAsset VRayCryptomatte ViewLayer.CryptoObject00
          ActorHitProxyMask.crypto ObjectIdCryptomatte RenderLayer.CryptoMaterial00 rgba_crypto_asset00
          cryptomatte_depth\
          """,
          "normals",
          """
          N n Nn Ng Ngn Tn N_noice left.N N.left normal Normal normals Normals VRayNormals
          VRayBumpNormals BumpNormals Bump_Normals ObjectBumpNormals GeometricNormal ShadingNormal
          tangentNormal iray_Normal NormalsPass02 ViewLayer.Normal World_Normal WorldNormal __Nworld
          __Ncam __Nref __WNref N_world DenoisingNormal Denoise_Normal OutputNormals VRaySmoothedNormals
          tangents\
          """,
          "positions",
          """
          P P_world left.P Pref pref Position position WorldPosition World_Position
          ObjectSpacePositions __Pworld __Pref __WPref __Pcam pointworld point_world worldPos
          ViewLayer.Position RefP_position AbsoluteWorldPosition Po\
          """,
          "vectors",
          """
          V v motion Motion motionvector MotionVector MotionVectors motion_vector MOTION_VECTORS
          Velocity velocity VRayVelocity vel dPdtime dPcameradtime motionFore motionBack forward
          backward disparity disparityL ViewLayer.Vector smartvector motionVector2 2dMotionVectors
          LightDirection mv\
          """,
          "texture coordinates",
          "uv UV uvs UVs uvPass UVPass01 ViewLayer.UV st __st STMap uvw TextureCoordinates texcoord u",
          "depth",
          """
          Z z depth Depth VRayZDepth ZDepth zDepth zdepth z_depth WorldDepth SceneDepth __depth
          depth.left Z_noice Zback VolumeDepth ViewLayer.Depth ViewLayer.Mist mist depth_hero Pz hitPz
          FinalImageDepth\
          """,
          "ids",
          """
          ID id ids ObjectID VRayObjectID VRayMtlID VRayRenderID VRayNodeID MaterialID
          Object_ID primid IndexOB ViewLayer.IndexOB ViewLayer.IndexMA IDsAndCoverage rawId
          VRayWireColor object shader id2 PuzzleMatte Puzzle_Matte\
          """,
          "masks",
          """
          mask Mask roto_mask matte Matte MultiMatteElement MultiMatte01
          shadow_matte opacity volume_opacity coverage alpha VRayAlpha Oi holdout RenderLayerMask
          rotopaint_mask mask_01 customMask\
          """,
          "occlusion",
          "AO ao ViewLayer.AO AmbientOcclusion Ambient_Occlusion ambient_occlusion VRayAO occlusion RS_AO",
          "measurements",
          """
          cputime cpuTime raycount sampleCount VRaySampleRate VRayNoiseLevel VRaySamplerInfo
          DebugSampleCount curvature roughness VRayMtlReflectGlossiness facing_ratio Noise variance\
          """);

  private static final String LIGHT =
      """
      RGBA rgba RGB beauty Beauty Ci C_key Combined ViewLayer.Combined ViewLayer.DiffDir
      ViewLayer.DiffInd ViewLayer.DiffCol ViewLayer.GlossDir ViewLayer.TransDir ViewLayer.Emit
      ViewLayer.Env ViewLayer.VolumeDir ViewLayer.Shadow ViewLayer.Noisy_Image
      ViewLayer.Denoising_Albedo Depth.Combined RGBA_key RGBA_fill RGBA_rim diffuse diffuse_direct
      diffuse_indirect specular specular_direct coat sheen sss sss_direct transmission volume
      emission background albedo denoise_albedo diffuse_albedo directdiffuse combineddiffuse
      beautyunshadowed VRayRawLighting VRayGlobalIllumination VRayLighting VRayReflection
      VRayRefraction VRaySelfIllumination VRaySpecular VRaySSS VRayLightSelect VRayLightSelect_key
      VRayCaustics VRayDiffuseFilter VRayBackToBeauty VRayShadows VRayExtraTex VRayAtmosphere
      DiffuseLighting DiffuseLightingRaw DiffuseFilter GlobalIllumination SubsurfaceScatter
      SpecularLighting VolumeLighting VolumeFogEmission Caustics TotalDiffuseLightingRaw Irradiance
      FinalImage PathTracer visiblelights directDiffuseLobe indirectSpecular lpe_key LightPass_1
      depthOfField_beauty depth_of_field dof beauty_motionBlur motion_blur_spec matte_painting
      aorta spotlight Normandie normandy maskara identity idle midtones nozzle zebra pixel parade
      emissiveVectorized studio strobe stage vault vineyard uvula aosta left right
      main KeyLight rim_light zone1 pearl point_light_3 uv_lights env.left custom\
      """;

  static Stream<String> light() {
    return words(LIGHT);
  }

  static Stream<List<String>> left() {
    return LEFT.entrySet().stream()
        .flatMap(kind -> words(kind.getValue()).map(name -> List.of(name, kind.getKey())));
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.strip().split("\\s+", -1));
  }

  @ParameterizedTest
  @MethodSource("light")
  void layerAndPartOfLightIsConverted(String name) {
    assertEquals(List.of("", "", ""), reasons("", name + "."));
    assertEquals(List.of("", "", ""), reasons(name, ""));
  }

  @ParameterizedTest
  @MethodSource("left")
  void layerAndPartOfDataIsLeft(List<String> nameAndKind) {
    String kind = nameAndKind.get(1);
    assertEquals(List.of(kind, kind, kind), reasons("", nameAndKind.get(0) + "."));
    assertEquals(List.of(kind, kind, kind), reasons(nameAndKind.get(0), ""));
  }

  @Test
  void wordsOfANameAreThoseOfCamelCaseAndOfWhateverIsNoLetter() {
    assertEquals(List.of("v", "ray", "z", "depth"), LayerName.of("VRayZDepth2").words());
    assertEquals(List.of("rgba", "key"), LayerName.of("RGBA_key").words());
    assertEquals(List.of("depth", "of", "field"), LayerName.of("depthOfField").words());
    assertEquals(List.of(), LayerName.of("__01").words());
  }

  private static List<String> reasons(String part, String prefix) {
    Window window = Window.ofSize(1, 1);
    Part one =
        new Part(
            part,
            window,
            window,
            Stream.of("B", "G", "R").map(c -> Channel.of(prefix + c, SampleType.FLOAT16)).toList(),
            "",
            Map.of());
    ImageInfo info = new ImageInfo("OpenEXR", Domain.INTENSITY, List.of(one), Map.of());
    List<String> reasons = new ArrayList<>();
    LightChannels.byDefault()
        .of(info)
        .getFirst()
        .forEach(choice -> {
          assertEquals(choice.light(), choice.reason().isEmpty());
          reasons.add(choice.reason());
        });
    return reasons;
  }
}
