package org.heliograph.reader.admin;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.heliograph.reader.CannotStartException;
import org.heliograph.reader.ExitCode;
import org.heliograph.reader.HubOptions;
import org.heliograph.reader.UsageException;
import org.heliograph.reader.postgres.PostgresException;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.settings.FolderInUseException;

/** {@code heliograph admin}: sets up sites and people, against a running or a stopped hub. */
public final class Admin {
  private static final String HELP =
      """
      heliograph admin COMMAND [options]

        site add CODE --name NAME [--address TEXT] [--specialty RADIOLOGY|DERMATOLOGY]
                      [--logo FILE] [--allow-unknown-ae] [--time-zone ZONE]
        site list
        ae add CODE AE_TITLE [--host HOST --port PORT [--tls]] [--may RIGHT,...]
                      rights: store, query, retrieve, receive, worklist
        ae list
        ae remove AE_TITLE
        hl7 add CODE APPLICATION FACILITY [--issuer NAME]   who sends orders for the site
        hl7 list
        hl7 remove APPLICATION FACILITY
        hl7 dead-letters list                     messages that could not be applied
        hl7 dead-letters show NUMBER              what one says: a patient's data
        hl7 dead-letters retry NUMBER
        hl7 dead-letters drop NUMBER
        storage-class add UID [--name NAME]       a SOP class of a maker that is stored, too
        storage-class list
        storage-class remove UID
        commitment list                           storage commitments that nobody was told of yet
        commitment retry TRANSACTION_UID          tries again what was parked
        user add LOGIN --role CLINIC|READER|REFERRER|COORDINATOR|ADMINISTRATOR --name NAME
                      [--specialty S] [--site CODE] [--credentials TEXT] [--organisation TEXT]
                      [--password-stdin]
        user list
        password reset LOGIN [--password-stdin]
        token add NAME --person LOGIN|--site CODE
                      --may dicomweb-read,dicomweb-store,dicomweb-worklist
                      [--expires DAY|90d]         a program's credential; told once
        token list
        token revoke NAME
        gateway code CODE --url URL[,URL] [--pin SHA256]   enrols one gateway of a site; told once
        gateway list
        gateway set NAME SETTING VALUE            what the hub sets for it; '' takes it back
        gateway retry NAME                        unpacks again what was parked
        gateway switch-off NAME
        blobs migrate [--rate BYTES_PER_SECOND]   copy to the store of --blobs while serving
        blobs status
        blobs drop-source                         stop reading the old store, when all is copied
        scrub status                              are stored bytes still what was received?
        patient update SITE PATIENT [--name PN] [--birth-date YYYY-MM-DD] [--sex M|F|O] [--id ID]
                      [--issuer TEXT] --reason TEXT
        patient merge SITE WRONG RIGHT --reason TEXT
        patient history SITE PATIENT
        patient undo SITE CHANGE --reason TEXT
        study reject UID [--series UID] [--instance UID] [--code QUALITY|PATIENT_SAFETY|
                      WRONG_WORKLIST_ENTRY|RETENTION_EXPIRED] [--with-reports] --reason TEXT
        study delete UID [the same] [--after-days N]   hidden now, removed after N (30) days
        study rejections UID
        study restore REJECTION --reason TEXT
        study hold UID --reason TEXT               or: SITE --patient PATIENT, SITE --case ID
        study holds
        study release HOLD --reason TEXT
        site quality CODE HIDDEN|SHOWN             what was rejected for its quality
        retention set --years N [--site CODE] [--specialty S] [--modality M] [--from STUDY_DATE|
                      LAST_USE] [--until-age N] [--grace-days N] [--with-reports], or --none
        retention list
        retention preview                          what the rules would let go now
        quota set CODE --bytes N[K|M|G|T] [--mode SOFT|HARD], or --none
        quota list
        stats

      A PATIENT is ID, ID^^^ISSUER or study:UID.
      A password comes from standard input, or is made up and printed once. What is there already
      is left as it is. --json answers in JSON (stats always does).

      The hub may be running or stopped; its database is found by:
      %s
      Exit codes: 0 done, 1 fault, 2 wrong arguments, 3 no database, 4 refused.
      """
          .formatted(HubOptions.HELP);

  private final PrintStream out;
  private final PrintStream err;
  private final InputStream in;

  Admin(PrintStream out, PrintStream err, InputStream in) {
    this.out = out;
    this.err = err;
    this.in = in;
  }

  /** The command line's entry. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ExitCode code = new Admin(out, System.err, System.in).run(List.of(arguments), System.getenv());
    System.exit(code.code());
  }

  ExitCode run(List<String> arguments, Map<String, String> environment) {
    if (arguments.isEmpty()
        || arguments.getFirst().equals("help")
        || arguments.contains("--help")) {
      out.print(HELP);
      return arguments.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
    }
    List<String> hub = new ArrayList<>();
    List<String> command = new ArrayList<>();
    split(arguments, hub, command);
    try {
      Request request = Request.parse(command);
      try (AdminDatabase database = AdminDatabase.open(HubOptions.parse(hub, environment))) {
        new Commands(database.source(), in).run(request).print(out, request.has("--json"));
      }
      return ExitCode.OK;
    } catch (UsageException e) {
      err.println("heliograph admin: " + e.getMessage());
      err.println("Try: heliograph admin help");
      return ExitCode.USAGE;
    } catch (ProblemException e) {
      err.println(
          "heliograph admin: " + e.code().code() + " " + e.code().title() + ": " + e.detail());
      err.println(e.code().next());
      return ExitCode.REFUSED;
    } catch (PostgresException | CannotStartException | FolderInUseException e) {
      err.println("heliograph admin: " + e.getMessage());
      return ExitCode.CANNOT_START;
    }
  }

  /** The hub's options say where the database is; all else is the command. */
  private static void split(List<String> arguments, List<String> hub, List<String> command) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!HubOptions.isOption(argument)) {
        command.add(argument);
        continue;
      }
      hub.add(argument);
      if (!argument.equals("--insecure") && i + 1 < arguments.size()) {
        hub.add(arguments.get(++i));
      }
    }
  }
}
