package org.heliograph.reader.ups;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;

/** A program that speaks UPS-RS, signed in as somebody. */
final class Worklist {
  static final String WORKITEMS = "/dicomweb/workitems";
  static final String JSON = "application/dicom+json";

  private final WebClient web;

  /** Nobody yet. */
  Worklist(int port) {
    web = new WebClient(port);
  }

  Worklist(int port, String login) {
    web = new WebClient(port);
    web.signIn(login, TestPeople.PASSWORD);
  }

  String session() {
    return "HELIOGRAPH_SESSION=" + web.cookie("HELIOGRAPH_SESSION").orElseThrow();
  }

  void signOut() {
    web.delete("/api/session");
  }

  HttpResponse<String> get(String path, String accept) {
    return web.exchange(web.request(WORKITEMS + path).header("Accept", accept).build());
  }

  HttpResponse<String> send(String method, String path, String type, String body) {
    return web.exchange(
        web.request(WORKITEMS + path)
            .header("Content-Type", type)
            .header("X-XSRF-TOKEN", web.cookie("XSRF-TOKEN").orElse(""))
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  /** Without a body, as subscribing is. */
  HttpResponse<String> send(String method, String path) {
    HttpRequest.Builder request =
        web.request(WORKITEMS + path)
            .header("X-XSRF-TOKEN", web.cookie("XSRF-TOKEN").orElse(""))
            .method(method, BodyPublishers.noBody());
    return web.exchange(request.build());
  }

  List<Dataset> search(String query) {
    var found = get(query, JSON);
    return found.statusCode() == 204 ? List.of() : DicomJson.readAll(found.body());
  }

  /** The workitem of the case with this number, in this state. */
  Optional<Dataset> ofCase(String number, WorkitemState state) {
    return search(
            "?ReferencedRequestSequence.RequestedProcedureID="
                + number
                + "&includefield=all&ProcedureStepState="
                + state.text().replace(" ", "%20"))
        .stream()
        .findFirst();
  }

  Dataset retrieve(String uid) {
    var answer = get("/" + uid, JSON);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return DicomJson.readAll(answer.body()).getFirst();
  }

  HttpResponse<String> state(String uid, String state, String transaction) {
    Dataset.Builder wanted = Dataset.builder().string(Tag.ProcedureStepState, state);
    if (!transaction.isEmpty()) {
      wanted.string(Tag.TransactionUID, transaction);
    }
    return send("PUT", "/" + uid + "/state", JSON, json(wanted.build()));
  }

  static String json(Dataset dataset) {
    return "[" + DicomJson.write(dataset, _ -> null) + "]";
  }

  static String warning(HttpResponse<?> response) {
    return response.headers().firstValue("Warning").orElse("");
  }
}
