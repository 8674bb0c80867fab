package stops.math;

/**
 * Float64 samples whose results lie very close to the middle between two numbers, mostly nearer
 * than 2^-21 ULP. There is one for each entry of the tables of {@link Log2Wide} and {@link
 * Exp2Wide}: the hardest of 4 million random samples. A relative error of 2^-73 changes their
 * results.
 */
final class HardDoubles {
  private HardDoubles() {}

  static final long[] INTENSITIES = {
    0x3fe69ee8ababf2fbL, 0x3fe6bcccb57f244fL, 0x3fe6d489f9c731afL, 0x3fe70751b0bd0658L,
    0x3fe71b7d47383bd1L, 0x3fe7325ad806a5b3L, 0x3fe7582ac350eab4L, 0x3fe7862d8e56d02dL,
    0x3fe79c4573a02df4L, 0x3fe7aca09c71f3b6L, 0x3fe7e1aede88c7b0L, 0x3fe7fef6e962b68dL,
    0x3fe818d79e6700eaL, 0x3fe83ac20e119dacL, 0x3fe853a21ba78b6dL, 0x3fe878510a6ec955L,
    0x3fe89c8cd65c85a5L, 0x3fe8b2f2bd3c65e4L, 0x3fe8d46796cc2badL, 0x3fe900c54e20acdaL,
    0x3fe9199f21718e94L, 0x3fe945027c0b7859L, 0x3fe96a6652b144f1L, 0x3fe971687fbc862aL,
    0x3fe99568a57e1c8eL, 0x3fe9ba511edfb7c1L, 0x3fe9db854d9a7d2eL, 0x3fe9feb1e4a104c5L,
    0x3fea157d3ea791abL, 0x3fea3204bb916664L, 0x3fea5149542ffa13L, 0x3fea81037c3680c3L,
    0x3fea9cdb31c1696bL, 0x3feac68bc552b4f5L, 0x3feae52bd2a67e92L, 0x3feaef4930209324L,
    0x3feb1e3ab1dd8364L, 0x3feb3c388bfc30e6L, 0x3feb555e712d16a5L, 0x3feb7870cc32fca5L,
    0x3feb97dbcbf9f344L, 0x3febbc67b13f2c6aL, 0x3febd9172d79e8c6L, 0x3febec7808e14e73L,
    0x3fec0f7b8476564cL, 0x3fec2b74967bddc2L, 0x3fec698be0b31b58L, 0x3fec72695fbb2cbeL,
    0x3feca3b5d63bb44eL, 0x3fecbfec1382efeeL, 0x3fece01681214d14L, 0x3fecfce4449f5d16L,
    0x3fed26f5a4751083L, 0x3fed4107a4e56e0eL, 0x3fed581fdc277bf4L, 0x3fed75c202a2a0fbL,
    0x3fed9a7b4ca888d8L, 0x3fedb1d453f106a9L, 0x3feddf00d86f42afL, 0x3fedebe0e6dc89eeL,
    0x3fee226aa80ab289L, 0x3fee3723fb94402dL, 0x3fee50448458da93L, 0x3fee743ff4c71d15L,
    0x3fee9c772be9bad4L, 0x3feec870baa4371aL, 0x3feecc9943bb3b6bL, 0x3fef0370dee043edL,
    0x3fef1ee260a91d11L, 0x3fef2ed903d37efdL, 0x3fef52ff572b4961L, 0x3fef74eb6b0cda99L,
    0x3fef9c7d610bb39bL, 0x3fefba293ad9e050L, 0x3fefd873c0a78989L, 0x3feffd28ba4826b1L,
    0x3ff0173a7a7a6a5aL, 0x3ff03a1189eca011L, 0x3ff05f7d3211a25bL, 0x3ff070a5715933a9L,
    0x3ff09583066a86acL, 0x3ff0b47f8696dc60L, 0x3ff0d60f626fd9bcL, 0x3ff0fed85211a052L,
    0x3ff1201dbb2d78deL, 0x3ff135e46f2b021cL, 0x3ff14e5f96b6c494L, 0x3ff178a046b6eb5aL,
    0x3ff1a6f3f331063cL, 0x3ff1b79815163821L, 0x3ff1d2e2aa2a707fL, 0x3ff1f0a1f49d9a77L,
    0x3ff2124dd1d4df46L, 0x3ff2312712937353L, 0x3ff2628438f6cf71L, 0x3ff27e264fc0241eL,
    0x3ff2a83edb82b367L, 0x3ff2bcb17f146194L, 0x3ff2e0572af667a3L, 0x3ff2fecebd108f56L,
    0x3ff3165cdf8ec27cL, 0x3ff34a5f4b29fa9aL, 0x3ff36115787764f1L, 0x3ff378ffba65ab36L,
    0x3ff3a1f2af457919L, 0x3ff3aac70cde5a4cL, 0x3ff3d676e5a53fa5L, 0x3ff4001f71f6851aL,
    0x3ff4262e57b47229L, 0x3ff439efe0ec2220L, 0x3ff4508af5cbe2cbL, 0x3ff47bd19d4c712fL,
    0x3ff4a07692edee27L, 0x3ff4ab0b28940834L, 0x3ff4e146f514f4c1L, 0x3ff5083570762e7cL,
    0x3ff51d0b4cf1ea82L, 0x3ff5358ac133654cL, 0x3ff5603e5b6c48c8L, 0x3ff5708d95774585L,
    0x3ff5932a02d41cf2L, 0x3ff5c4009d0234d4L, 0x3ff5df154178104eL, 0x3ff5fb78ab9f3194L,
    0x3ff60cbe857feaf6L, 0x3ff633f44345024eL, 0x3ff64cc91791b5edL, 0x3ff6780a33f36eedL,
  };

  static final long[] EXPOSURES = {
    0x4000018e5c03618fL, 0x3ff02388930c112dL, 0xc007dfdc3d7dd9cbL, 0x400830cf085c62e6L,
    0x3ff07964714996afL, 0xbfeec47bf5e80338L, 0xbfee7808dd84fea5L, 0xbfff18f04c1240fcL,
    0xc00f7ff9cbd2d6bbL, 0xbffedec5b1787af2L, 0x4008a08a367f2ec6L, 0x3fb62a88b3443d0cL,
    0xbffe7d7f95ca1223L, 0xbfecbb9f35fd87a0L, 0x3ff1c52f377286afL, 0x3fbdfa468b4846d7L,
    0x3fc056d6ab69a2e9L, 0x3ff223d5ae12e28bL, 0x3ff245c79b56b54eL, 0xbffd9880847c95b9L,
    0x40013cea504654d6L, 0x3fc4c8280fec3dcbL, 0xbfea71b6a715baadL, 0xc0068d3e838baf0bL,
    0x40017f8e9fc7b51bL, 0xbfe9b633b3a92687L, 0xbfe97d827c6879a2L, 0xc00652800fe62900L,
    0x4001c1273ed8d05bL, 0x4001cf9dec55d0dbL, 0x4001e27fd3d29f60L, 0x3ff3dc4892066064L,
    0x3fcff17f08e920d4L, 0x3fd0798fb32b46b7L, 0x400a2397ae6dadffL, 0xc00dcfcfeb444f48L,
    0xbfe6f8e966724a28L, 0x3ff49f34ac344bdaL, 0x3ff4c0ee1e5bbb47L, 0xbfe6495c762abd28L,
    0x400a830a9b297a6eL, 0xbffae17f45b88db2L, 0xc00560ca8179151aL, 0x3ff55b2b858fa5c0L,
    0xbffa81be25160994L, 0xbffa59588edff641L, 0xc00d228bf6662d78L, 0xc0050e2957c50377L,
    0x3ff601e6311fe9d4L, 0x3ff620fa09888ef0L, 0x3fd8fd7ed5f740aeL, 0xbfe3398441cfa63cL,
    0x40033cda41ff0a00L, 0xbff96021aad3c184L, 0x40035d22a52e150dL, 0xc00c8dfd69f4791fL,
    0xbfe205b5c6c0bb22L, 0xbff8e646865a57d5L, 0xc00460a5f4590e11L, 0xbfe13c9d57f396fdL,
    0xc004423b2f83ffd3L, 0x400bcfc455188717L, 0x4003e0611a621102L, 0xbfe03db08d194a85L,
    0xbff7ffead37bc63bL, 0x400c0f0996f36419L, 0x400c20c94a930983L, 0x40043159b85f5234L,
    0x3ff87d25bb51242fL, 0x40045125b7bb1d04L, 0x3ff8be65ad8fc9bcL, 0xc00b90cbab4e0d80L,
    0xbfdc02aa00cee9c0L, 0x400490fb48182ccfL, 0x3ff93f75ea7126b0L, 0x4004ae17c8e1256eL,
    0x3fe30c27ad287276L, 0xc0032dd2e47d46dcL, 0x3ff9c021f26ff2f0L, 0x3ff9e1da463a85f2L,
    0xbfd7f2dc56cc1e1eL, 0x4005118c7ac9aab8L, 0xc00ae4789216228bL, 0x400d2e0a18ac6e6cL,
    0x400d415e36a532a4L, 0xbfd5a0a7fb1eb080L, 0x4005619e7d3b8fb7L, 0x400d71622aea4ca4L,
    0xbff50165518ae290L, 0x400592b8f101be72L, 0xbff4c3b1f773af67L, 0x400dade0de6e7cf1L,
    0xc0024182b3c93935L, 0xc00a30a7edcec4b2L, 0x3fe7774f098edc8bL, 0xbff424b7551daf1cL,
    0x4005fe9f31c69225L, 0xbfceec21dd03d288L, 0x3fe87a9d687aeb3bL, 0xc001d2de994e8db8L,
    0x3ffc7d5b0d647f36L, 0x3fe94f71fa68e8faL, 0x400e622a9ee9ecafL, 0xc00990f0e3260dc1L,
    0xc009817c1e170bbcL, 0x3fea3d490cb871b6L, 0x3ffd4130cbadc31eL, 0xc001528d0fb4087aL,
    0x3feb00e163704ddaL, 0x3feb3d6f9a364b11L, 0xc0092056371fb8eaL, 0x400ef01fe98d6a27L,
    0x3ffe01e998c13ba4L, 0x3fec4ba06eaad46bL, 0x40071d3025593d94L, 0x400f2e4d0a0dc502L,
    0xbff17d774a0e1692L, 0x40074e2b24b53640L, 0xc000a2027a140887L, 0x400771962b44912dL,
    0x40077d16f136cd8eL, 0xc0006ffe44b3bea4L, 0x400f9e46f640f6aaL, 0x3fff653bb00c5efcL,
    0xbff07c21977aa8bfL, 0x400fcef8dec3f314L, 0x400fe032b58dfa3cL, 0xbf80b0a0c5dd4a40L,
  };
}
