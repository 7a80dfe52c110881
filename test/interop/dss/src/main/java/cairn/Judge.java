package cairn;

import eu.europa.esig.dss.detailedreport.DetailedReport;
import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

/**
 * Judges sealed files with the EU DSS and prints one line of JSON a signature. Nothing is fetched: revocation and time-stamps come from the file.
 *
 * Judge [--trust DIR] [--at TIME] [--report DIR] FILE…
 */
public final class Judge {
  public static void main(String[] args) throws IOException {
    CommonTrustedCertificateSource anchors = new CommonTrustedCertificateSource();
    List<Path> files = new ArrayList<>();
    Date at = null;
    Path reports = null;
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--trust")) readAnchors(Path.of(args[++i]), anchors);
      else if (args[i].equals("--at")) at = Date.from(Instant.parse(args[++i]));
      else if (args[i].equals("--report")) reports = Files.createDirectories(Path.of(args[++i]));
      else files.add(Path.of(args[i]));
    }
    for (Path file : files) judge(file, anchors, at, reports);
  }

  private static void readAnchors(Path folder, CommonTrustedCertificateSource anchors) throws IOException {
    try (Stream<Path> names = Files.list(folder)) {
      for (Path name : (Iterable<Path>) names.sorted()::iterator) {
        if (!name.toString().matches(".*\\.(cer|crt|pem|der)")) continue;
        anchors.addCertificate(DSSUtils.loadCertificate(name.toFile()));
      }
    }
  }

  private static void judge(Path file, CommonTrustedCertificateSource anchors, Date at, Path reports) throws IOException {
    try {
      DSSDocument document = new FileDocument(file.toFile());
      SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(document);
      CommonCertificateVerifier verifier = new CommonCertificateVerifier();
      verifier.setTrustedCertSources(anchors);
      verifier.setAIASource(null);
      validator.setCertificateVerifier(verifier);
      if (at != null) validator.setValidationTime(at);
      Reports result = validator.validateDocument();
      if (reports != null) {
        Files.writeString(reports.resolve(file.getFileName() + ".simple.xml"), result.getXmlSimpleReport());
        Files.writeString(reports.resolve(file.getFileName() + ".detailed.xml"), result.getXmlDetailedReport());
        Files.writeString(reports.resolve(file.getFileName() + ".diagnostic.xml"), result.getXmlDiagnosticData());
      }
      SimpleReport simple = result.getSimpleReport();
      DetailedReport detailed = result.getDetailedReport();
      DiagnosticData diagnostic = result.getDiagnosticData();
      if (simple.getSignatureIdList().isEmpty()) print(file, "\"problem\":" + quoted("no signature was found"));
      for (String id : simple.getSignatureIdList()) {
        SignatureWrapper signature = diagnostic.getSignatureById(id);
        List<String> errors = texts(simple.getAdESValidationErrors(id));
        List<String> warnings = texts(simple.getAdESValidationWarnings(id));
        List<String> notes = texts(simple.getAdESValidationInfo(id));
        print(
            file,
            "\"format\":" + quoted(simple.getSignatureFormat(id)) + ",\"indication\":" + quoted(simple.getIndication(id))
                + ",\"subIndication\":" + quoted(simple.getSubIndication(id))
                + ",\"basic\":" + quoted(detailed.getBasicValidationIndication(id))
                + ",\"intact\":" + (signature.isSignatureIntact() && signature.isSignatureValid())
                + ",\"structure\":" + list(signature.isStructuralValidationValid() ? List.of() : signature.getStructuralValidationMessages())
                + ",\"signingTime\":" + quoted(simple.getSigningTime(id) == null ? null : simple.getSigningTime(id).toInstant())
                + ",\"bestTime\":" + quoted(simple.getBestSignatureTime(id) == null ? null : simple.getBestSignatureTime(id).toInstant())
                + ",\"errors\":" + list(errors) + ",\"warnings\":" + list(warnings) + ",\"notes\":" + list(notes));
      }
    } catch (RuntimeException wrong) {
      print(file, "\"problem\":" + quoted(wrong.getClass().getSimpleName() + ": " + wrong.getMessage()));
    }
  }

  private static List<String> texts(List<Message> messages) {
    List<String> found = new ArrayList<>();
    for (Message message : messages) found.add(message.getKey() + ": " + message.getValue());
    return found;
  }

  private static void print(Path file, String members) {
    System.out.println("{\"file\":" + quoted(file) + "," + members + "}");
  }

  private static String list(List<String> texts) {
    List<String> quoted = new ArrayList<>();
    for (String text : texts) quoted.add(quoted(text));
    return "[" + String.join(",", quoted) + "]";
  }

  private static String quoted(Object value) {
    if (value == null) return "null";
    StringBuilder out = new StringBuilder("\"");
    for (char letter : value.toString().toCharArray()) {
      if (letter == '"' || letter == '\\') out.append('\\').append(letter);
      else if (letter < ' ') out.append(String.format("\\u%04x", (int) letter));
      else out.append(letter);
    }
    return out.append('"').toString();
  }
}
