package stops.cli.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import stops.Command;
import stops.cli.terminal.UsageException;

class JobSyntaxTest {
  private static Job job(String line) throws UsageException {
    return JobSyntax.job(7, line).orElseThrow();
  }

  private static String mistake(String line) {
    return String.valueOf(assertThrows(UsageException.class, () -> job(line)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "in.exr out.exr --to exposure",
        "  two   blanks\tand a tab ",
        "'my shots/a b.exr' out.exr",
        "'it'\\''s' \"a \\\"quoted\\\" word\"",
        "a\\ b 'c\\d' \"e\\f\" \"g\\\\h\" \"i\\$j\" \"k\\`l\"",
        "\\'x \\\"y \\\\z",
        "'' \"\" a''b \"\"c",
        "shots'/take '\"#3/\"out.exr",
        "--channels 'diffuse.*' 'a#b' '$HOME' '`x`' '|' '>'",
        "x'\"'y\"'\"z",
      })
  void wordsAreThoseOfAShell(String line) throws Exception {
    Command.Result shell = Command.of("/bin/sh", "-c", "printf '%s\\n' " + line).run();
    assertEquals(shell.output().lines().toList(), job(line).words());
  }

  @Test
  void nothingButQuotesAndBackslashesHasAMeaning() throws Exception {
    assertEquals(
        List.of("$SHOT", "*.exr", "~/x", "a#b", "#c", "a;b", "|", ">", "&", "$(x)", "{a,b}"),
        job("$SHOT *.exr ~/x a#b #c a;b | > & $(x) {a,b}").words());
  }

  @Test
  void charactersNeedNotBeAscii() throws Exception {
    assertEquals(
        List.of("été.exr", "naïve – “x” 😀.exr", "😀", "é\u00A0ü"),
        job("été.exr 'naïve – “x” 😀.exr' \\😀 \\é\u00A0ü").words());
  }

  @Test
  void blankLinesAndCommentsAreNoJobs() throws Exception {
    for (String line : List.of("", " ", "\t", "# a comment", "  #'", "#{")) {
      assertEquals(Optional.empty(), JobSyntax.job(1, line), line);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          a 'b c           ; column 3: the quote ' is not closed
          a b"             ; column 4: the quote " is not closed
          a "b 'c' \\"     ; column 3: the quote " is not closed
          a b\\            ; column 4: a backslash with nothing behind it
          é😀 'x           ; column 4: the quote ' is not closed
          """)
  void mistakesInWordsHaveTheirColumn(String line, String message) {
    assertEquals(message, mistake(line));
  }

  @Test
  void objectsAreJobs() throws Exception {
    Job job =
        job(
            " { \"id\" : \"shot \\\"12\\\"\" , \"args\" : [ \"in \\\\ \\u00e9.exr\" , \"--to\",\"\\/\\b\\f\\n\\r\\t\" ] } ");
    assertEquals(7, job.line());
    assertEquals("shot \"12\"", job.id());
    assertEquals(List.of("in \\ é.exr", "--to", "/\b\f\n\r\t"), job.words());
    assertNull(job("{\"args\":[]}").id());
    assertEquals(List.of(), job("{\"args\":[]}").words());
    assertEquals(-120L, job("{\"args\":[],\"id\":-120}").id());
    assertEquals(0L, job("{\"id\":0,\"args\":[]}").id());
    assertEquals(List.of("\uD83D\uDE00"), job("{\"args\":[\"\\ud83d\\uDE00\"]}").words());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          {                              ; column 2: a name in double quotes has to be here
          {}                             ; column 3: the job has no "args"
          {args: []}                     ; column 2: a name in double quotes has to be here
          {"args" ["a"]}                 ; column 9: : has to be here
          {"args": "a"}                  ; column 10: [ has to be here
          {"args": ["a" "b"]}            ; column 15: a comma or ] has to be here
          {"args": ["a", ]}              ; column 16: a text in double quotes has to be here
          {"args": ["a", 1]}             ; column 16: a text in double quotes has to be here
          {"args": ["a", null]}          ; column 16: a text in double quotes has to be here
          {"args": ["a                   ; column 11: the quote " is not closed
          {"args": ["a"                  ; column 14: a comma or ] has to be here
          {"args": ["a"]                 ; column 15: a comma or } has to be here
          {"args": ["a"],}               ; column 16: a name in double quotes has to be here
          {"args": ["a"]} x              ; column 17: nothing may follow the job
          {"args": [], "args": []}       ; column 14: "args" is given twice
          {"id": 1, "id": 2, "args": []} ; column 11: "id" is given twice
          {"args": [], "cwd": "/"}       ; column 14: "cwd" is neither "args" nor "id"
          {"id": 1.5, "args": []}        ; column 8: a text or a whole number has to be here
          {"id": 01, "args": []}         ; column 8: a text or a whole number has to be here
          {"id": 1e3, "args": []}        ; column 8: a text or a whole number has to be here
          {"id": true, "args": []}       ; column 8: a text or a whole number has to be here
          {"id": 1234567890123456789}    ; column 8: a text or a whole number has to be here
          {"args": ["é\\x"]}             ; column 13: JSON has no such escape
          {"args": ["\\u12g4"]}          ; column 12: JSON has no such escape
          {"args": ["\\u12               ; column 12: JSON has no such escape
          {"args": ["\\                  ; column 12: JSON has no such escape
          {"😀": 1}                      ; column 2: "😀" is neither "args" nor "id"
          {"args": ["😀" 1]}             ; column 15: a comma or ] has to be here
          """)
  void mistakesInObjectsHaveTheirColumn(String line, String message) {
    assertEquals(message, mistake(line));
  }

  @Test
  void controlCharactersInTextsAreEscapes() {
    assertEquals(
        "column 13: a control character has to be written as an escape",
        mistake("{\"args\": [\"a\tb\"]}"));
  }
}
