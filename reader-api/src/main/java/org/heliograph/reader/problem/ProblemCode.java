package org.heliograph.reader.problem;

import org.springframework.http.HttpStatus;

/**
 * Every error that a user or an operator can meet. The code is stable and is what support is asked
 * about; the sentence of {@link #detail} takes facts (limits, ids of ours, field names), never
 * patient data.
 *
 * <p>Ranges: 0001–0099 the hub itself, 0100–0199 cases and uploads, 0200–0299 reports, 0300–0399
 * DICOMweb, 0400–0429 the life of what is stored, 0500–0529 clinic gateways. {@code docs/errors.md}
 * is made of this list by a test.
 */
public enum ProblemCode {
  // 0001–0099: the hub
  MALFORMED_REQUEST(
      "TR-0001",
      HttpStatus.BAD_REQUEST,
      "The request cannot be read",
      "%s",
      "Correct the request and send it again."),
  INVALID_FIELD(
      "TR-0002",
      HttpStatus.BAD_REQUEST,
      "A field is missing or wrong",
      "%s: %s",
      "Correct the field and send the form again."),
  NOT_FOUND(
      "TR-0003",
      HttpStatus.NOT_FOUND,
      "Not found",
      "There is nothing here, or it is not yours to see.",
      "Check the address, or go back to your list."),
  METHOD_NOT_ALLOWED(
      "TR-0004",
      HttpStatus.METHOD_NOT_ALLOWED,
      "This cannot be done here",
      "The method %s is not allowed for this address.",
      "Use one of the methods in the Allow header."),
  TOO_LARGE(
      "TR-0005",
      HttpStatus.CONTENT_TOO_LARGE,
      "The request is too large",
      "The request is larger than %s bytes.",
      "Send less at once; pictures are sent by the resumable upload."),
  UNSUPPORTED_MEDIA_TYPE(
      "TR-0006",
      HttpStatus.UNSUPPORTED_MEDIA_TYPE,
      "This kind of content is not accepted here",
      "The content type is not one of: %s.",
      "Send one of the accepted kinds."),
  NOT_ACCEPTABLE(
      "TR-0007",
      HttpStatus.NOT_ACCEPTABLE,
      "The answer does not exist in this form",
      "The Accept header asks for none of the forms this address can give.",
      "Ask for another media type."),
  SIGN_IN_REQUIRED(
      "TR-0010",
      HttpStatus.UNAUTHORIZED,
      "Please sign in",
      "There is no session, or it has ended.",
      "Sign in and repeat what you did; nothing was changed."),
  SIGN_IN_FAILED(
      "TR-0011",
      HttpStatus.UNAUTHORIZED,
      "Sign-in failed",
      "The login name or the password is not right.",
      "Check both and try again; an administrator can set a new password."),
  TOO_MANY_ATTEMPTS(
      "TR-0012",
      HttpStatus.TOO_MANY_REQUESTS,
      "Too many wrong passwords",
      "Sign-in for this name is paused for %s seconds.",
      "Wait, then try again; an administrator can set a new password."),
  CSRF_TOKEN_WRONG(
      "TR-0013",
      HttpStatus.FORBIDDEN,
      "The request's security token is missing or stale",
      "The header X-XSRF-TOKEN does not repeat the cookie XSRF-TOKEN.",
      "Load the page again and repeat what you did."),
  ROLE_NOT_ALLOWED(
      "TR-0014",
      HttpStatus.FORBIDDEN,
      "Your role does not allow this",
      "This needs the role %s.",
      "Ask a colleague with that role, or an administrator."),
  PASSWORD_WRONG(
      "TR-0015",
      HttpStatus.FORBIDDEN,
      "The password is not right",
      "The signature was not made: the password did not match.",
      "Enter your own password again."),
  PASSWORD_TOO_WEAK(
      "TR-0016",
      HttpStatus.BAD_REQUEST,
      "The password is too weak",
      "A password has %s to %s characters and is not the login name.",
      "Choose a longer one; a few unrelated words are good."),
  SETUP_LINK_INVALID(
      "TR-0017",
      HttpStatus.FORBIDDEN,
      "The set-up link is not valid",
      "The link was used already, is too old, or is not complete.",
      "Restart the hub for a new link, or use: heliograph admin user add."),
  LOGIN_TAKEN(
      "TR-0018",
      HttpStatus.CONFLICT,
      "The login name exists already",
      "Another person has this login name.",
      "Choose another login name."),
  SITE_UNKNOWN(
      "TR-0019",
      HttpStatus.NOT_FOUND,
      "Unknown site",
      "There is no site with the code %s.",
      "List the sites with: heliograph admin site list."),
  AE_TITLE_TAKEN(
      "TR-0020",
      HttpStatus.CONFLICT,
      "The AE title belongs to another site",
      "The AE title %s is registered for the site %s.",
      "Give each sender its own AE title."),
  SITE_CODE_TAKEN(
      "TR-0021",
      HttpStatus.CONFLICT,
      "The site code exists already",
      "Another site has the code %s.",
      "Choose another code."),
  PERSON_UNKNOWN(
      "TR-0022",
      HttpStatus.NOT_FOUND,
      "Unknown person",
      "There is no person with this login name.",
      "Check the login name."),
  BUSY(
      "TR-0030",
      HttpStatus.SERVICE_UNAVAILABLE,
      "The hub cannot do this just now",
      "A part the hub depends on does not answer: %s.",
      "Wait a minute and try again; nothing was lost."),
  NOTHING_TO_MOVE(
      "TR-0040",
      HttpStatus.CONFLICT,
      "There is nothing to move",
      "All images are in the store in use.",
      "Start the hub with --blobs and the new store first, then ask again."),
  MOVE_NOT_ENDED(
      "TR-0041",
      HttpStatus.CONFLICT,
      "The old store is still needed",
      "Not everything in it is whole in the new store.",
      "See heliograph admin blobs status; wait for the state DONE with nothing damaged."),
  TOKEN_NOT_VALID(
      "TR-0070",
      HttpStatus.UNAUTHORIZED,
      "The token is not valid",
      "The token is unknown, has expired or was revoked, or its person is switched off.",
      "Make a new one with: heliograph admin token add."),
  TOKEN_MAY_NOT(
      "TR-0071",
      HttpStatus.FORBIDDEN,
      "The token does not allow this",
      "This needs a token with the right %s.",
      "Make one with: heliograph admin token add NAME --may."),
  TOO_MANY_TOKENS(
      "TR-0072",
      HttpStatus.TOO_MANY_REQUESTS,
      "Too many tokens that are not valid",
      "Too many requests with tokens that are not valid came from this address.",
      "Correct the program's token; valid ones are taken at any time."),
  TOKEN_NAME_TAKEN(
      "TR-0073",
      HttpStatus.CONFLICT,
      "The token's name exists already",
      "Another token in use has the name %s; its secret was told once and is not kept.",
      "Choose another name, or revoke that one first."),
  TOKEN_UNKNOWN(
      "TR-0074",
      HttpStatus.NOT_FOUND,
      "Unknown token",
      "There is no token in use with this name.",
      "List the tokens with: heliograph admin token list."),
  TOKEN_CANNOT_STORE(
      "TR-0075",
      HttpStatus.CONFLICT,
      "This person cannot store instances",
      "Instances are stored for a site, by a person with the role CLINIC.",
      "Make the token with --site, or for a person of the clinic."),
  EXPORT_IN_THE_WAY(
      "TR-0090",
      HttpStatus.CONFLICT,
      "The export cannot be written there",
      "There is %s already.",
      "Name another place with --to, or empty that one."),
  NOTHING_TO_EXPORT(
      "TR-0091",
      HttpStatus.NOT_FOUND,
      "There is nothing to export",
      "No stored study is what was asked for.",
      "Check the study's UID, the case number or the site and its dates."),
  INTERNAL(
      "TR-0099",
      HttpStatus.INTERNAL_SERVER_ERROR,
      "Something went wrong in the hub",
      "The fault is recorded under the id %s.",
      "Try again; if it stays, give that id to the administrator."),
  // 0100–0199: cases, worklist, uploads
  CASE_CHANGED(
      "TR-0100",
      HttpStatus.CONFLICT,
      "The case has changed meanwhile",
      "The request was made for version %s, the case is at version %s.",
      "Load the case again, look at what changed, and repeat what you did."),
  NOT_IN_THIS_STATE(
      "TR-0101",
      HttpStatus.CONFLICT,
      "This is not possible at this point of the case",
      "%s is not possible while the case is %s.",
      "Load the case again; it shows what can be done now."),
  REQUEST_CLOSED(
      "TR-0102",
      HttpStatus.CONFLICT,
      "The request can no longer be changed",
      "The request is closed while the case is %s.",
      "Write a message to the reader instead."),
  NO_PICTURES(
      "TR-0103",
      HttpStatus.CONFLICT,
      "The case has no pictures",
      "No photo was uploaded and no X-ray is announced.",
      "Add a photo, or say that an X-ray is coming."),
  ALREADY_TAKEN(
      "TR-0104",
      HttpStatus.CONFLICT,
      "Another reader has this case",
      "The case was taken by somebody else a moment ago.",
      "Take the next case from the worklist."),
  NOT_HELD_BY_YOU(
      "TR-0105",
      HttpStatus.CONFLICT,
      "You do not hold this case",
      "This needs the case to be claimed by you; it is %s.",
      "Claim the case first; your draft is kept."),
  UPLOAD_TOO_LARGE(
      "TR-0110",
      HttpStatus.CONTENT_TOO_LARGE,
      "The photo is too large",
      "%s bytes were announced, %s are allowed.",
      "Send it as JPEG, or set the camera to a smaller picture size."),
  TOO_MANY_PHOTOS(
      "TR-0111",
      HttpStatus.CONFLICT,
      "The case has too many photos",
      "A case takes at most %s photos.",
      "Withdraw photos that are not needed, or begin another case."),
  UPLOAD_OFFSET(
      "TR-0112",
      HttpStatus.CONFLICT,
      "The upload is at another place",
      "The part begins at byte %s, the hub has %s bytes.",
      "Ask for the offset and go on from there."),
  UPLOAD_CHECKSUM(
      "TR-0113",
      HttpStatus.CONFLICT,
      "The bytes changed on the way",
      "The checksum of the part does not fit its bytes; they were not kept. Sent as status 460.",
      "Ask for the offset and send the part again."),
  UPLOAD_LOCKED(
      "TR-0114",
      HttpStatus.LOCKED,
      "Another request is writing to this upload",
      "Parts of one upload come one after the other.",
      "Wait some seconds, ask for the offset and go on from there."),
  UPLOAD_GONE(
      "TR-0115",
      HttpStatus.GONE,
      "The upload has ended",
      "The upload was refused, withdrawn, or not continued in time.",
      "Upload the photo once more."),
  UPLOAD_STORED(
      "TR-0116",
      HttpStatus.CONFLICT,
      "The photo is part of the case",
      "A photo that was stored cannot be withdrawn by its sender.",
      "Write a message to the reader."),
  TUS_VERSION(
      "TR-0117",
      HttpStatus.PRECONDITION_FAILED,
      "Another version of the upload protocol is needed",
      "Uploads follow tus %s.",
      "Load the page again."),
  PHOTO_QUARANTINED(
      "TR-0118",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo was set aside",
      "The archive holds something else in its place; a person must look at it.",
      "Upload the photo once more, and tell the coordinator."),
  PHOTO_EMPTY(
      "TR-0120",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The file is empty.",
      "Take or choose the photo again and upload it once more."),
  PHOTO_TOO_MANY_BYTES(
      "TR-0121",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The file is larger than 25 MB.",
      "Send it as JPEG, or set the camera to a smaller picture size."),
  PHOTO_TOO_MANY_PIXELS(
      "TR-0122",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The photo has more than 60 megapixels.",
      "Set the camera to a smaller picture size."),
  PHOTO_TOO_SMALL(
      "TR-0123",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The photo is smaller than 800 by 600 pixels.",
      "Take it again with the camera app and send the original, not a copy from a messenger."),
  PHOTO_HEIC(
      "TR-0124",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The photo is in the HEIC format.",
      "On an iPhone choose Settings, Camera, Formats, Most Compatible, or share it as JPEG."),
  PHOTO_AVIF(
      "TR-0125",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The photo is in the AVIF format.",
      "Save it as JPEG or PNG and upload it again."),
  PHOTO_WEBP(
      "TR-0126",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The photo is in the WebP format.",
      "Save it as JPEG or PNG and upload it again."),
  PHOTO_TIFF(
      "TR-0127",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The photo is in the TIFF format.",
      "Save it as JPEG or PNG and upload it again."),
  PHOTO_GIF(
      "TR-0128",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The file is a GIF picture.",
      "Take a photo with the camera and upload it as JPEG."),
  PHOTO_BMP(
      "TR-0129",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The photo is in the BMP format.",
      "Save it as JPEG or PNG and upload it again."),
  PHOTO_DICOM(
      "TR-0130",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The file is a DICOM object, not a photo.",
      "Send X-rays from the modality, or upload them as X-ray files."),
  PHOTO_PDF(
      "TR-0131",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The file is a PDF document, not a photo.",
      "Upload the photo itself as JPEG or PNG."),
  PHOTO_NOT_A_PHOTO(
      "TR-0132",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The file is not a photo.",
      "Upload a JPEG or PNG picture."),
  PHOTO_DAMAGED(
      "TR-0133",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The photo is damaged or incomplete.",
      "Check that it opens on the phone, or take it again, and upload it once more."),
  PHOTO_UNSUPPORTED_ENCODING(
      "TR-0134",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The photo cannot be taken",
      "The photo uses a rare kind of JPEG or PNG.",
      "Save it as ordinary JPEG and upload it again."),

  // 0200–0299: reports and delivery
  REPORT_CHANGED(
      "TR-0200",
      HttpStatus.CONFLICT,
      "The draft was saved elsewhere meanwhile",
      "The text is based on version %s, the saved draft is version %s.",
      "Load the saved draft, compare it with yours, and save again."),
  REPORT_EMPTY(
      "TR-0201",
      HttpStatus.CONFLICT,
      "The report says nothing yet",
      "Findings and impression are both empty.",
      "Write at least one of them, then issue or sign the report."),
  REPORT_NOT_SIGNED(
      "TR-0202",
      HttpStatus.CONFLICT,
      "There is no signed report of yours",
      "An addendum follows a final report and is written by its reader.",
      "Sign the report first, or ask the reader who did."),
  PATIENT_MISMATCH(
      "TR-0203",
      HttpStatus.CONFLICT,
      "Request and pictures name different patients",
      "The request and the image header disagree in: %s.",
      "Ask the clinic to correct the request, then sign."),
  PICTURES_UNDER_WAY(
      "TR-0204",
      HttpStatus.CONFLICT,
      "Not all pictures are here",
      "The clinic announced %s pictures, %s of them are whole; previews are not for a final report.",
      "Issue a preliminary report, or wait; a coordinator can release a case that waits in vain."),

  // 0300–0399: DICOMweb
  SEARCH_NOT_UNDERSTOOD(
      "TR-0300",
      HttpStatus.BAD_REQUEST,
      "The search cannot be understood",
      "%s.",
      "Use the attributes and forms of value that QIDO-RS defines."),
  NO_SUCH_FRAME(
      "TR-0301",
      HttpStatus.NOT_FOUND,
      "There is no such frame",
      "The instance does not have this frame.",
      "Ask for frames from 1 to Number of Frames."),
  TRANSFER_SYNTAX_NOT_AVAILABLE(
      "TR-0302",
      HttpStatus.NOT_ACCEPTABLE,
      "The instance does not exist in this encoding",
      "The Accept header asks for none of the transfer syntaxes this instance can be given in.",
      "Ask with transfer-syntax=* for the bytes as they are stored."),
  NOT_RENDERABLE(
      "TR-0303",
      HttpStatus.NOT_ACCEPTABLE,
      "There is no picture of this",
      "The instance has no pixels that can be shown, or they are damaged.",
      "Retrieve the instance itself and open it in a program for its kind."),
  PARTS_MALFORMED(
      "TR-0310",
      HttpStatus.BAD_REQUEST,
      "The parts of the request cannot be read",
      "The multipart body is not as RFC 2046 says: %s. Instances before that place are stored.",
      "Send all instances again, each in a part that is complete."),
  PARTS_TOO_LARGE(
      "TR-0311",
      HttpStatus.CONTENT_TOO_LARGE,
      "The request has too many or too large parts",
      "In the multipart body %s. Instances before that place are stored.",
      "Send the instances in several requests, or large ones by C-STORE."),
  RANGE_NOT_SATISFIABLE(
      "TR-0312",
      HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
      "There are no such bytes",
      "The Range header names nothing of the %s bytes there are.",
      "Ask for bytes from 0 on, below that number."),
  METADATA_NOT_UNDERSTOOD(
      "TR-0320",
      HttpStatus.BAD_REQUEST,
      "The metadata of the request cannot be read",
      "A part of metadata cannot be taken apart: %s. Instances before that place are stored.",
      "Send metadata as DICOM JSON in UTF-8 (PS3.18 Annex F) or as XML (PS3.19 Annex A)."),
  TOO_MANY_PICTURES(
      "TR-0321",
      HttpStatus.CONTENT_TOO_LARGE,
      "There are too many pictures for one answer",
      "At most %s frames are rendered for one request.",
      "Ask for the series or the instances one by one."),
  UPS_EXISTS(
      "TR-0340",
      HttpStatus.CONFLICT,
      "There is such a workitem already",
      "A workitem has this UID.",
      "Create the workitem with another UID."),
  UPS_TRANSACTION_UID_MISSING(
      "TR-0341",
      HttpStatus.BAD_REQUEST,
      "The Transaction UID is missing",
      "A workitem is taken, updated and ended with its Transaction UID.",
      "Give the UID with which the workitem was set IN PROGRESS."),
  UPS_TRANSACTION_UID_INCORRECT(
      "TR-0342",
      HttpStatus.BAD_REQUEST,
      "The Transaction UID is incorrect",
      "Somebody else performs this workitem, or it was taken in the reading room.",
      "Give the UID with which the workitem was set IN PROGRESS, or request its cancellation."),
  UPS_NOT_IN_THIS_STATE(
      "TR-0343",
      HttpStatus.CONFLICT,
      "The workitem is in another state",
      "The request does not go with a workitem that is %s.",
      "Retrieve the workitem and decide anew."),
  UPS_ENDED(
      "TR-0344",
      HttpStatus.BAD_REQUEST,
      "The workitem has ended",
      "A workitem that is %s is not changed any more.",
      "Work on another workitem."),
  UPS_NOT_DONE(
      "TR-0345",
      HttpStatus.CONFLICT,
      "The workitem is not done",
      "The final state requirements are not met: %s.",
      "Do what is missing, then set the workitem COMPLETED."),
  UPS_ATTRIBUTE(
      "TR-0346",
      HttpStatus.BAD_REQUEST,
      "The workitem does not follow the standard",
      "%s.",
      "Correct the data set and send it again."),
  UPS_NOT_SUBSCRIBED(
      "TR-0347",
      HttpStatus.NOT_FOUND,
      "There is no such subscription",
      "The AE title is not subscribed to this.",
      "Check the AE title and the UID."),
  UPS_TOO_MANY(
      "TR-0348",
      HttpStatus.CONFLICT,
      "There are too many of them",
      "At most %s are kept.",
      "Remove those that are not needed any more."),
  HL7_NOT_A_MESSAGE(
      "TR-0450",
      HttpStatus.BAD_REQUEST,
      "A frame does not begin with an MSH segment",
      "What came by MLLP is no HL7 v2 message in ER7 encoding.",
      "Look at what the sending system is, and whether it speaks to the right port."),
  HL7_CHARACTER_SET(
      "TR-0451",
      HttpStatus.BAD_REQUEST,
      "A message is not in the character set that it names",
      "MSH-18 names a set that is not known, or the bytes are of another; without MSH-18 they are"
          + " UTF-8.",
      "Correct MSH-18 at the sender; then retry or drop the message."),
  HL7_TOO_COMPLEX(
      "TR-0452",
      HttpStatus.BAD_REQUEST,
      "A message has more fields than an order could have",
      "More than 2000 segments, 1000 repetitions or 50000 fields.",
      "Find out what the sender made of the order; drop the message."),
  HL7_DELIMITERS(
      "TR-0453",
      HttpStatus.BAD_REQUEST,
      "A message has other delimiters than |^~\\&",
      "MSH-1 and MSH-2 are not the usual ones.",
      "Set them at the sender; the message has to be sent anew."),
  HL7_VERSION(
      "TR-0454",
      HttpStatus.BAD_REQUEST,
      "A message is of another version than 2",
      "MSH-12 does not begin with 2.",
      "Set HL7 v2.5 at the sender; the message has to be sent anew."),
  HL7_MESSAGE_TYPE(
      "TR-0455",
      HttpStatus.BAD_REQUEST,
      "A message is no order",
      "MSH-9 is neither ORM^O01 nor OMI^O23.",
      "Send only orders to this port; drop the message."),
  HL7_SENDER_UNKNOWN(
      "TR-0456",
      HttpStatus.BAD_REQUEST,
      "A message comes from an application of no site",
      "Sending application and facility (MSH-3, MSH-4) are not registered.",
      "Register them with heliograph admin hl7 add, then retry the message."),
  HL7_STRUCTURE(
      "TR-0457",
      HttpStatus.BAD_REQUEST,
      "A message cannot be read as what it says to be",
      "Segments are missing or in an order that the message type does not have.",
      "Look at the message with the sender's people."),
  HL7_FIELD_MISSING(
      "TR-0458",
      HttpStatus.BAD_REQUEST,
      "An order lacks a field",
      "A field without which a modality could not do the order is empty.",
      "Have the order completed and sent again; drop the message."),
  HL7_FIELD_INVALID(
      "TR-0459",
      HttpStatus.BAD_REQUEST,
      "A field of an order has a value that it cannot have",
      "A date, a code, an AE title, a UID or a number is not one, or is too long for DICOM.",
      "Have the order corrected and sent again; drop the message."),
  HL7_ORDER_CONTROL(
      "TR-0460",
      HttpStatus.BAD_REQUEST,
      "An order control code is not one that is applied",
      "ORC-1 is none of NW, XO, XX, PA, SC, SN, CA, DC, OC, CR and UX.",
      "If the message changes nothing here, drop it."),
  HL7_ORDER_UNKNOWN(
      "TR-0461",
      HttpStatus.CONFLICT,
      "There is no order of these numbers",
      "A message cancels an order that never came.",
      "If the order comes later, retry; else drop the message."),
  HL7_ORDER_CANCELLED(
      "TR-0462",
      HttpStatus.CONFLICT,
      "The order was cancelled before",
      "A message changes an order that was cancelled.",
      "If it is wanted after all, have it placed anew (NW); drop the message."),
  HL7_ORDER_DONE(
      "TR-0463",
      HttpStatus.CONFLICT,
      "All that the order asks for has been done",
      "A message cancels an order whose study is here.",
      "Tell the sender; if the study is wrong, see to its case. Drop the message."),
  HL7_ORDER_AMBIGUOUS(
      "TR-0464",
      HttpStatus.CONFLICT,
      "Order numbers are those of two orders",
      "Placer and filler order number belong to different orders of the site.",
      "Find out with the sender which one is meant; drop the message."),
  HL7_FAULT(
      "TR-0465",
      HttpStatus.INTERNAL_SERVER_ERROR,
      "A message could not be applied",
      "A fault of the hub; the log has its kind, not the message.",
      "Retry the message; if it fails again, report the fault."),
  DEAD_LETTER_UNKNOWN(
      "TR-0466",
      HttpStatus.NOT_FOUND,
      "There is no such open dead letter",
      "The number %s is of no message that waits.",
      "List them with heliograph admin hl7 dead-letters list."),
  HL7_SOURCE_TAKEN(
      "TR-0467",
      HttpStatus.CONFLICT,
      "The application sends for another site",
      "This application and facility are registered for another site.",
      "Remove them first with heliograph admin hl7 remove."),

  // 0400–0429: the life of what is stored
  PATIENT_UNKNOWN(
      "TR-0400",
      HttpStatus.NOT_FOUND,
      "There is no such patient",
      "The site has no study of this patient, or there is no such change.",
      "Check the Patient ID and its issuer, or name the patient by a study."),
  PATIENT_SAME(
      "TR-0401",
      HttpStatus.CONFLICT,
      "Nothing would change",
      "The two patients are one already, or all values are so already.",
      "Look at the history of the patient."),
  PATIENT_ID_TAKEN(
      "TR-0402",
      HttpStatus.CONFLICT,
      "The Patient ID is that of another patient",
      "The site has studies of another patient with the new Patient ID.",
      "If the two are one person, merge them."),
  PATIENT_CHANGED_SINCE(
      "TR-0403",
      HttpStatus.CONFLICT,
      "The patient was changed since",
      "A later change touched the same patients, so this one cannot be taken back alone.",
      "Take the later change back first."),
  PATIENT_CHANGE_FINAL(
      "TR-0404",
      HttpStatus.CONFLICT,
      "The change cannot be taken back",
      "It was taken back before, or takes another one back itself.",
      "Look at the history of the patient; make the change anew if it is needed."),
  STUDY_HELD(
      "TR-0410",
      HttpStatus.CONFLICT,
      "The study is under legal hold",
      "Nothing of it may be removed while the hold stands.",
      "Reject it without removing it, or release the hold."),
  REJECTION_WITHDRAWN(
      "TR-0411",
      HttpStatus.CONFLICT,
      "The rejection is no longer in force",
      "Somebody took it back before.",
      "Look at the rejections of the study."),
  NOTHING_TO_REJECT(
      "TR-0412",
      HttpStatus.CONFLICT,
      "There is nothing to reject",
      "The study has no such instances in sight.",
      "Check the UIDs, and whether they are rejected already."),

  // 0500–0529: clinic gateways
  GATEWAY_UNKNOWN(
      "TR-0500",
      HttpStatus.UNAUTHORIZED,
      "The gateway is not known",
      "The request has no token of a gateway, or one that the hub does not know.",
      "Enrol the gateway with a new code of its site."),
  GATEWAY_SWITCHED_OFF(
      "TR-0501",
      HttpStatus.FORBIDDEN,
      "The gateway is switched off",
      "An administrator switched this gateway off.",
      "Ask the hub's administrator; a new code enrols it again."),
  TOO_MANY_GATEWAY_TOKENS(
      "TR-0502",
      HttpStatus.TOO_MANY_REQUESTS,
      "Too many tokens or codes that are not valid",
      "Too many requests with tokens or codes that are not valid came from this address.",
      "Correct the gateway's settings; valid ones are taken at any time."),
  ENROLMENT_CODE_NOT_VALID(
      "TR-0503",
      HttpStatus.FORBIDDEN,
      "The enrolment code is not valid",
      "The code is unknown, has expired or was used by another gateway.",
      "Make a new one on the desk's page, or with: heliograph admin gateway code."),
  GATEWAY_NAME_UNKNOWN(
      "TR-0504",
      HttpStatus.NOT_FOUND,
      "Unknown gateway",
      "There is no gateway in use with this name or id.",
      "List the gateways with: heliograph admin gateway list."),
  MANIFEST_NOT_TAKEN(
      "TR-0510",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The parcel's manifest cannot be taken",
      "%s: %s.",
      "Look at the parcel on the gateway's page; its software may need an update."),
  PARCEL_DIFFERS(
      "TR-0511",
      HttpStatus.CONFLICT,
      "The parcel was announced with another manifest",
      "A parcel's manifest never changes.",
      "Announce what is new as another parcel."),
  PART_WHOLE(
      "TR-0512",
      HttpStatus.GONE,
      "The part is whole",
      "All bytes of this part are here; it takes no more.",
      "Ask for the state of the parcel and go on with the next part."),
  PART_DIGEST(
      "TR-0513",
      HttpStatus.CONFLICT,
      "The part is not what the manifest says",
      "All bytes came but their digest is another one; the part begins again. Sent as status 460.",
      "The gateway sends the part again by itself."),
  FAIR_SHARE(
      "TR-0514",
      HttpStatus.TOO_MANY_REQUESTS,
      "Other sites are sending too",
      "The site has %s uploads under way, which is its share just now.",
      "The gateway tries again by itself."),
  NO_SPACE(
      "TR-0515",
      HttpStatus.INSUFFICIENT_STORAGE,
      "The hub's disk is full",
      "The reserve of free space is reached.",
      "Make room on the hub's disk; the gateway keeps everything and tries again by itself."),
  OBJECT_DIGEST(
      "TR-0520",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "An object is not what the manifest says",
      "The object's digest or UIDs are not those of the manifest.",
      "Retry it on the gateway's page; if it stays, send it again from the modality."),
  OBJECT_MISSING(
      "TR-0521",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "An object is not in its part",
      "The part that should carry the object does not, or cannot be unpacked.",
      "Retry it on the gateway's page; its software may need an update."),
  OBJECT_NOT_STORABLE(
      "TR-0522",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The archive does not take an object",
      "The object is not a DICOM instance that the archive can keep.",
      "Look at it on the gateway's page, and send it again from the modality."),
  OBJECT_DELETED(
      "TR-0523",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "An object was deleted here and may not return",
      "The site deleted this object for a reason that keeps it away.",
      "Ask the coordinator if it should be taken again."),
  DOCUMENT_NOT_TAKEN(
      "TR-0524",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "A document cannot be taken",
      "The file is not the photo or PDF that the manifest says, or it is too large.",
      "Check that it opens on a computer at the clinic, and put it into the watch folder again."),
  STEP_NOT_TAKEN(
      "TR-0525",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The performed step cannot be taken",
      "%s.",
      "Correct it at the modality; the gateway shows it."),
  NOTHING_UNDER_WAY(
      "TR-0526",
      HttpStatus.CONFLICT,
      "Nothing is under way",
      "No pictures of this case are on their way from a gateway.",
      "Load the case again."),
  ;

  private final String code;
  private final HttpStatus status;
  private final String title;
  private final String detail;
  private final String next;

  ProblemCode(String code, HttpStatus status, String title, String detail, String next) {
    this.code = code;
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.next = next;
  }

  /** The stable code, {@code TR-NNNN}. */
  public String code() {
    return code;
  }

  public HttpStatus status() {
    return status;
  }

  /** What happened, in a few words. */
  public String title() {
    return title;
  }

  /** The sentence of this occurrence, a format for the facts of a {@link ProblemException}. */
  public String detail() {
    return detail;
  }

  /** What to do now. */
  public String next() {
    return next;
  }
}
