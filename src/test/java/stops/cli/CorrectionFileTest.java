package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import stops.cli.terminal.UsageException;
import stops.match.Match;

/** Corrections are well-formed XML with the elements of the ASC CDL. */
class CorrectionFileTest {

  private static PictureMatch picture(String file, double... stops) {
    List<Match> matches =
        Arrays.stream(stops)
            .mapToObj(each -> new Match("c", each, 0, 0, 1, 1, null, null, null))
            .toList();
    return PictureMatch.of(file, matches);
  }

  private static Document parsed(String ending, PictureMatch... pictures) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    byte[] text = CorrectionFile.text(ending, List.of(pictures)).getBytes(StandardCharsets.UTF_8);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text));
  }

  private static List<String> texts(Document document, String name) {
    var found = document.getElementsByTagNameNS("urn:ASC:CDL:v1.2", name);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent())
        .toList();
  }

  @Test
  void oneCorrection() throws Exception {
    Document document = parsed("cc", picture("a/b.exr", 1));
    Element root = document.getDocumentElement();
    assertEquals("ColorCorrection", root.getLocalName());
    assertEquals("b", root.getAttribute("id"));
    assertEquals(List.of("0.5 0.5 0.5"), texts(document, "Slope"));
    assertEquals(List.of("0 0 0"), texts(document, "Offset"));
    assertEquals(List.of("1 1 1"), texts(document, "Power"));
    assertEquals(List.of("1"), texts(document, "Saturation"));
  }

  @Test
  void aCollectionHasEachPictureWithAnIdentifierOfItsOwn() throws Exception {
    Document document =
        parsed("ccc", picture("b.exr", 1, 0, -1), picture("x/b.exr", 3), picture("1 é.exr", 30));
    assertEquals("ColorCorrectionCollection", document.getDocumentElement().getLocalName());
    assertEquals(
        List.of("0.5 1 2", "0.125 0.125 0.125", "0.000000000931322575 ".repeat(3).strip()),
        texts(document, "Slope"));
    var corrections = document.getElementsByTagNameNS("*", "ColorCorrection");
    assertEquals("b", ((Element) corrections.item(0)).getAttribute("id"));
    assertEquals("b-2", ((Element) corrections.item(1)).getAttribute("id"));
    assertEquals("_1__", ((Element) corrections.item(2)).getAttribute("id"));
  }

  @Test
  void aDecisionListNamesItsMedia() throws Exception {
    Document document = parsed("cdl", picture("a & \"b\" <c>.exr", 1), picture("/d.exr", 2));
    assertEquals("ColorDecisionList", document.getDocumentElement().getLocalName());
    var media = document.getElementsByTagNameNS("*", "MediaRef");
    assertEquals("./a%20&%20%22b%22%20%3Cc%3E.exr", ((Element) media.item(0)).getAttribute("ref"));
    assertEquals("/d.exr", ((Element) media.item(1)).getAttribute("ref"));
    assertEquals(2, document.getElementsByTagNameNS("*", "ColorDecision").getLength());
    assertTrue(texts(document, "Description").getFirst().startsWith("a & \"b\" <c>.exr to "));
  }

  @Test
  void whatACorrectionCannotHoldIsAMistake() {
    assertThrows(UsageException.class, () -> CorrectionFile.check(Path.of("a.xml"), 1));
    assertThrows(UsageException.class, () -> CorrectionFile.check(Path.of("a.cc"), 2));
    assertThrows(
        UsageException.class, () -> CorrectionFile.text("cc", List.of(picture("a.exr", 1, 2))));
  }
}
