package stops.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recognises layers of data, such as normals or depth, by the names that renderers and compositors
 * give them. The names of their channels do not matter.
 *
 * <p>Sources: the documentation of AOVs, render passes and render elements of Arnold, V-Ray,
 * RenderMan, Redshift, Cycles, Karma and Mantra, Octane, MoonRay, 3ds Max, Unreal and Nuke.
 *
 * <p>Albedo, filters and colours are reflectances, which artists grade like light. Shadows are
 * missing light. All of these count as light.
 */
final class DataNames {
  static final String CRYPTOMATTE = "Cryptomatte ids";

  /**
   * Kinds of data, as reports name them, each with the words that indicate it anywhere in a name.
   */
  private static final Map<String, String> KINDS =
      Map.of(
          CRYPTOMATTE,
          """
          crypto cryptos cryptomatte cryptomattes cryptoasset cryptoassets cryptoobject
          cryptoobjects cryptomaterial cryptomaterials cryptonode cryptonamespace ucryptoasset\
          """,
          "normals",
          """
          normal normals nrm nrml nml bumpnormal bumpnormals normalmap nworld ncam ncamera nobj
          nobject neye nref wnref nsmooth ngn tangent tangents dpdu dpdv dpdw\
          """,
          "positions",
          """
          position positions pos worldpos pworld pcam pcamera pobj pobject pref wpref pointworld
          pointcamera pointobject pointpos worldpoint refpoint samplepos\
          """,
          "vectors",
          """
          vector vectors vec vecs motion mvec mvecs motionvector motionvectors motionvec velocity
          velocities vel dpdtime dpcameradtime motionfore motionback disparity disparityl
          disparityr opticalflow smartvector smartvectors displacement raydirection
          lightdirection\
          """,
          "texture coordinates",
          """
          uv uvs uvw uvmap stmap stmaps texcoord texcoords texturecoordinate texturecoordinates
          coordinate coordinates coord coords barycentric dudx dudy dvdx dvdy\
          """,
          "depth",
          """
          depth depths zdepth zbuffer zbuf zpass zback zfront zblend hitdist hitdistance vlen
          hitpz pradius\
          """,
          "ids",
          """
          id ids objectid objectids objid materialid materialids mtlid matid renderid nodeid
          instanceid primid rawid indexob indexma objectindex materialindex wirecolor
          wirecolour clown clownpass puzzle hitproxy\
          """,
          "masks",
          """
          mask masks matte mattes multimatte multimattes alpha alphas opacity opacities coverage
          holdout holdouts roto rotomask stencil oi\
          """,
          "occlusion",
          "ao occlusion ambientocclusion ambocc occ",
          "measurements",
          """
          cputime rendertime raycount samplecount samplerate samplerinfo variance
          noiselevel heatmap curvature incidentrayspread outsideior ior facingratio roughness
          glossiness smoothness metalness metallic anisotropy\
          """);

  /**
   * Kinds of data, each with the words that indicate it only as a whole name, apart from {@link
   * #QUALIFIERS}.
   */
  private static final Map<String, String> WHOLE_NAMES =
      Map.of(
          "normals", "n nn ng ngs nm norm tn",
          "positions", "p po wp pp point points",
          "vectors", "v vn mv forward backward flow speed",
          "texture coordinates", "st s t u w du dv dw stp",
          "depth", "z pz mist distance dist deep",
          "ids", "index object shader instance primitive",
          "occlusion", "cavity",
          "measurements", "time noise iterations thickness samples weight weights density");

  /** Words that may accompany a whole name without changing its meaning. */
  private static final Set<String> QUALIFIERS =
      words(
          """
          world cam camera obj object local view screen eye geo geom geometric shading smooth ref
          v ray vray rs redshift ai arnold rman renderman prman cycles karma mantra octane nuke
          mental mr unreal aov pass layer raw filtered unfiltered noice denoise denoised denoising
          aux left right main l r rgb rgba space channel element render\
          """);

  /** Terms that contain a word of data but do not mean data. */
  private static final Set<String> HARMLESS =
      words(
          """
          depthoffield motionblur motionblurred vectorblur mattepainting mattepaintings
          mattepaint uvlight uvlights\
          """);

  /** Words that occur in the names of layers of light. */
  private static final Set<String> LIGHT =
      words(
          """
          beauty combined rgb rgba color colors colour colours col diffuse diff specular spec
          glossy gloss reflection reflections reflect refl refraction refractions refract refr
          transmission trans sss subsurface emission emissive emit environment env background
          direct dir indirect ind light lights lighting gi illumination globalillumination caustic
          caustics coat sheen volume scatter scattering albedo shadow shadows irradiance radiance
          luminance noisy ci sky\
          """);

  private static final Map<String, String> ANYWHERE = byWord(KINDS);
  private static final Map<String, String> WHOLE = byWord(WHOLE_NAMES);

  private DataNames() {}

  private static Set<String> words(String text) {
    return Stream.of(text.strip().split("\\s+", -1)).collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, String> byWord(Map<String, String> kinds) {
    return kinds.entrySet().stream()
        .flatMap(
            kind -> words(kind.getValue()).stream().map(word -> Map.entry(word, kind.getKey())))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * The indications that a name gives of its samples.
   *
   * @param kind the kind of data, if the name indicates one
   * @param light whether the name contains a word of light
   */
  record Saying(Optional<String> kind, boolean light) {
    /** This one if it indicates anything, otherwise {@code other}. */
    Saying or(Saying other) {
      return kind.isPresent() || light ? this : other;
    }
  }

  /**
   * The indications of the name of a part, or of a layer that may be nested as in {@code
   * ViewLayer.Normal}. The innermost level with an indication counts: {@code Depth.Combined} is
   * light.
   */
  static Saying saying(String nested) {
    Saying said = new Saying(Optional.empty(), false);
    for (String name : List.of(nested.split("\\.", -1))) {
      said = new Saying(kind(name), namesLight(name)).or(said);
    }
    return said;
  }

  static boolean isCryptomatte(String name) {
    return LayerName.of(name).joined().stream()
        .anyMatch(word -> CRYPTOMATTE.equals(ANYWHERE.get(word)));
  }

  /** The kind of data that this name indicates, if any. */
  static Optional<String> kind(String name) {
    LayerName all = LayerName.of(name);
    return anywhere(all).or(() -> whole(all));
  }

  private static Optional<String> anywhere(LayerName name) {
    List<String> words = new ArrayList<>(name.words());
    // The words of a harmless term are removed.
    for (int first = 0; first < words.size(); first++) {
      int end = first + harmless(words.subList(first, words.size()));
      words.subList(first, end).clear();
    }
    return new LayerName(words)
        .joined().stream().filter(ANYWHERE::containsKey).map(ANYWHERE::get).findFirst();
  }

  /**
   * The number of words of the harmless term at the beginning of {@code words}; 0 if there is none.
   */
  private static int harmless(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(words.size(), LayerName.MAX_JOINED); i++) {
      if (HARMLESS.contains(text.append(words.get(i)).toString())) {
        return i + 1;
      }
    }
    return 0;
  }

  private static Optional<String> whole(LayerName name) {
    Optional<String> all = Optional.ofNullable(WHOLE.get(name.whole()));
    if (all.isPresent()) {
      return all;
    }
    List<String> rest = name.words().stream().filter(word -> !QUALIFIERS.contains(word)).toList();
    return rest.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(WHOLE.get(String.join("", rest)));
  }

  /** Whether a name contains a word of light. */
  static boolean namesLight(String name) {
    return LayerName.of(name).joined().stream().anyMatch(LIGHT::contains);
  }

  /** Whether a name ends with a word of light, as {@code gas_mask_beauty} does. */
  static boolean endsAsLight(String name) {
    return LIGHT.contains(LayerName.of(name).last());
  }
}
