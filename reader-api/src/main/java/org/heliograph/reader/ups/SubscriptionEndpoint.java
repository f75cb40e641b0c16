package org.heliograph.reader.ups;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.heliograph.dicom.data.Uids;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Subscribing to workitems and to the worklist (PS3.18 11.10 to 11.12). */
@RestController
@RequestMapping("/dicomweb/workitems/{workitem}/subscribers/{aetitle}")
class SubscriptionEndpoint {
  private final Subscribers subscribers;
  private final CurrentPerson currentPerson;

  SubscriptionEndpoint(Subscribers subscribers, CurrentPerson currentPerson) {
    this.subscribers = subscribers;
    this.currentPerson = currentPerson;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  void subscribe(
      @PathVariable("workitem") String uid,
      @PathVariable("aetitle") String title,
      HttpServletRequest request,
      HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    var person = currentPerson.require();
    var aeTitle = UpsParameters.aeTitle(title);
    var parameters = request.getParameterMap();
    boolean lock = UpsParameters.deletionLock(parameters);
    switch (uid) {
      case Uids.UpsGlobalSubscriptionInstance ->
          subscribers.toWorklist(person, aeTitle, lock, Subscribers.EVERYTHING);
      case Uids.UpsFilteredGlobalSubscriptionInstance ->
          subscribers.toWorklist(person, aeTitle, lock, UpsParameters.filter(parameters));
      default -> subscribers.toWorkitem(person, aeTitle, uid, lock);
    }
    // http → ws, https → wss
    String channel = WorkitemEndpoint.base(request).replaceFirst("^http", "ws");
    response.setHeader("Content-Location", channel + "/subscribers/" + aeTitle.value());
  }

  @DeleteMapping
  void unsubscribe(
      @PathVariable("workitem") String uid,
      @PathVariable("aetitle") String title,
      HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    var person = currentPerson.require();
    var aeTitle = UpsParameters.aeTitle(title);
    if (isWorklist(uid)) {
      subscribers.leaveWorklist(person, aeTitle);
    } else {
      subscribers.leaveWorkitem(person, aeTitle, uid);
    }
  }

  @PostMapping("/suspend")
  void suspend(
      @PathVariable("workitem") String uid,
      @PathVariable("aetitle") String title,
      HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    var person = currentPerson.require();
    if (!isWorklist(uid)) {
      throw new ProblemException(ProblemCode.UPS_NOT_SUBSCRIBED);
    }
    subscribers.suspend(person, UpsParameters.aeTitle(title));
  }

  private static boolean isWorklist(String uid) {
    return uid.equals(Uids.UpsGlobalSubscriptionInstance)
        || uid.equals(Uids.UpsFilteredGlobalSubscriptionInstance);
  }
}
