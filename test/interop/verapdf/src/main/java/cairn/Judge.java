package cairn;

import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Holds PDF files against PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) with veraPDF, and prints one line of JSON a file and standard. Judge FILE… */
public final class Judge {
  public static void main(String[] files) throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : files) for (PDFAFlavour flavour : new PDFAFlavour[] {PDFAFlavour.PDFA_3_A, PDFAFlavour.PDFUA_1}) judge(file, flavour);
  }

  private static void judge(String file, PDFAFlavour flavour) throws Exception {
    List<String> failures = new ArrayList<>();
    boolean conforms;
    try (FileInputStream input = new FileInputStream(file); PDFAParser parser = Foundries.defaultInstance().createParser(input, flavour)) {
      PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
      ValidationResult result = validator.validate(parser);
      conforms = result.isCompliant();
      for (TestAssertion each : result.getTestAssertions())
        if (each.getStatus() == TestAssertion.Status.FAILED)
          failures.add(each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber() + " " + each.getLocation().getContext() + ": " + each.getMessage());
    } catch (Exception wrong) {
      conforms = false;
      failures.add(wrong.getClass().getSimpleName() + ": " + wrong.getMessage());
    }
    List<String> quoted = new ArrayList<>();
    for (String failure : failures) quoted.add(quoted(failure));
    System.out.println("{\"file\":" + quoted(file) + ",\"standard\":" + quoted(flavour) + ",\"conforms\":" + conforms + ",\"failures\":["
        + String.join(",", quoted) + "]}");
  }

  private static String quoted(Object value) {
    StringBuilder out = new StringBuilder("\"");
    for (char letter : String.valueOf(value).toCharArray()) {
      if (letter == '"' || letter == '\\') out.append('\\').append(letter);
      else if (letter < ' ') out.append(String.format("\\u%04x", (int) letter));
      else out.append(letter);
    }
    return out.append('"').toString();
  }
}
