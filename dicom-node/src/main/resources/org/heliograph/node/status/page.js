// The gateway's status page. Old browsers too: no modules, no frameworks, nothing from elsewhere.
(function () {
  'use strict';
  var EVERY = 3000;
  var STEPS = ['RECEIVED', 'PREPARED', 'SENDING', 'AT_HOSPITAL', 'BEING_READ', 'REPORT_READY'];
  var KEEP = 'heliograph-gateway-language';
  var language = 'en';
  var last = null;
  var failed = 0;

  function id(name) { return document.getElementById(name); }
  function word(key, values) {
    var text = (WORDS[language] || {})[key] || WORDS.en[key] || key;
    return text.replace(/\{(\w+)\}/g, function (all, name) {
      return values && values[name] !== undefined ? values[name] : all;
    });
  }
  function el(tag, className, text) {
    var e = document.createElement(tag);
    if (className) e.className = className;
    if (text !== undefined && text !== null) e.textContent = text;
    return e;
  }
  function add(parent) {
    for (var i = 1; i < arguments.length; i++) if (arguments[i]) parent.appendChild(arguments[i]);
    return parent;
  }
  function number(n, digits) {
    try { return n.toLocaleString(language, { maximumFractionDigits: digits || 0 }); } catch (e) { return String(Math.round(n)); }
  }
  function bytes(n) {
    var units = ['B', 'kB', 'MB', 'GB', 'TB'], u = 0;
    while (n >= 1000 && u < 4) { n /= 1000; u++; }
    return number(n, n < 10 && u ? 1 : 0) + '\u00a0' + units[u];
  }
  function span(seconds) {
    if (seconds < 60) return word('seconds', { n: Math.max(0, Math.round(seconds)) });
    if (seconds < 5400) return word('minutes', { n: Math.round(seconds / 60) });
    if (seconds < 172800) return word('hours', { n: Math.round(seconds / 3600) });
    return word('days', { n: Math.round(seconds / 86400) });
  }
  function when(text) {
    var date = new Date(text);
    try {
      return date.toLocaleString(language, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
    } catch (e) { return date.toString(); }
  }
  function name(text) { return (text || '').split('=')[0].replace(/\^+/g, ' ').trim(); }

  function ask(method, path, body, then) {
    var request = new XMLHttpRequest();
    request.open(method, path);
    request.timeout = 15000;
    request.setRequestHeader('X-Heliograph', '1');
    if (body) request.setRequestHeader('Content-Type', 'application/json');
    request.onload = function () { then(request.status, request.responseText); };
    request.onerror = request.ontimeout = function () { then(0, ''); };
    request.send(body ? JSON.stringify(body) : null);
  }
  function button(text, label, path, body, plain) {
    var b = el('button', plain ? 'plain' : '', text);
    if (label) b.setAttribute('aria-label', text + ': ' + label);
    b.setAttribute('data-key', path + body.id);
    b.onclick = function () {
      b.disabled = true;
      ask('POST', path, body, function () { look(); });
    };
    return b;
  }

  var drawn = {};
  // A list is drawn anew only if it has changed, and the button that had the focus has it again.
  function changed(list, value, unlocked) {
    var now = JSON.stringify([value, unlocked, language]);
    if (drawn[list.id] === now) return false;
    drawn[list.id] = now;
    list.textContent = '';
    return true;
  }
  function focused() {
    var e = document.activeElement;
    return e && e.getAttribute('data-key');
  }
  function focusAgain(key) {
    var e = key && document.querySelector('[data-key="' + key + '"]');
    if (e && e !== document.activeElement) e.focus();
  }

  function headline(d) {
    var box = id('headline'), kind = 'good', sentence = word('allSent'), more = '';
    var w = d.waiting, link = d.link;
    var silent = link.silentSeconds === null ? null : span(link.silentSeconds);
    if (d.disk.full) { kind = 'bad'; sentence = word('diskFull'); more = word('diskFullMore'); }
    else if (link.state === 'NOT_ENROLLED') { kind = 'warn'; sentence = word('notEnrolled'); more = word('notEnrolledMore'); }
    else if (link.state === 'REFUSED') { kind = 'bad'; sentence = word('refused'); more = word('refusedMore'); }
    else if (link.state !== 'UP') {
      kind = 'warn';
      sentence = silent === null ? word('neverUp') : word('down', { time: silent });
      more = word('downMore');
    } else if (w.parked + w.quarantined > 0) { kind = 'warn'; sentence = word('needsYou', { n: number(d.parked.length) }); more = word('needsYouMore'); }
    else if (w.instances > 0) {
      kind = 'busy';
      sentence = word('sendingNow', { n: number(w.instances), size: bytes(w.bytes) });
      more = w.minutesLeft === null ? '' : word('about', { time: span(w.minutesLeft * 60) });
    }
    box.className = 'headline ' + kind;
    set(id('sentence'), sentence);
    set(id('more'), more);
  }
  function set(e, text) { if (e.textContent !== text) e.textContent = text; }

  function fact(label, value, small) {
    return add(el('div', 'fact'), el('span', '', label), el('b', '', value), small ? el('span', '', small) : null);
  }
  function facts(d) {
    var box = id('facts'), link = d.link;
    var speed = link.bytesPerSecond ? word('speed', { n: bytes(link.bytesPerSecond) }) : '';
    var cap = link.capBytesPerSecond === null ? link.hub : link.capBytesPerSecond ? word('cap', { n: bytes(link.capBytesPerSecond) }) : word('capNone');
    box.textContent = '';
    add(box,
      fact(word('link'), word('link.' + link.state), link.silentSeconds === null ? '' : word('contact', { time: span(link.silentSeconds) })),
      fact(word('speedNow'), speed || '–', cap),
      fact(word('disk'), word('free', { size: bytes(d.disk.freeBytes) }), word('used', { size: bytes(d.disk.usedBytes) })),
      fact(word('worklist'), d.worklist.ageSeconds === null ? '–' : word('entries', { n: number(d.worklist.items) }), d.worklist.ageSeconds === null ? word('worklistNone') : word('age', { time: span(d.worklist.ageSeconds) })));
  }

  function parked(d) {
    var list = id('parked');
    if (!changed(list, d.parked, d.unlocked)) return;
    id('parkedPart').hidden = d.parked.length === 0;
    d.parked.forEach(function (p) {
      var li = el('li', 'card bad');
      var what = word('kind.' + p.kind) + (p.study ? ' · ' + p.study : '');
      add(li, add(el('div', 'top'), el('span', 'who', what), el('span', 'small', when(p.since)), el('span', 'small right', p.code)));
      add(li, el('div', '', p.reason));
      add(li, el('div', 'quiet', p.next));
      if (p.retry && d.unlocked) add(li, add(el('div', 'acts'), button(word('retry'), what, '/retry', { id: p.id })));
      list.appendChild(li);
    });
    if (d.unlocked && d.parked.length > 1) add(list, add(el('li', 'acts'), button(word('retryAll'), '', '/retry', { id: 'all' }, true)));
  }
  function sentOf(s) {
    var part = { percent: s.totalBytes ? Math.min(100, Math.floor(100 * s.sentBytes / s.totalBytes)) : 0, sent: bytes(s.sentBytes), total: bytes(s.totalBytes) };
    var text = word('sentOf', part);
    if (s.minutesLeft !== null) text += ', ' + word('about', { time: span(s.minutesLeft * 60) });
    return { percent: part.percent, text: text };
  }
  function tracker(s) {
    var ol = el('ol', 'steps'), shown = s.step === 'QUESTION' || s.step === 'REJECTED' ? 'BEING_READ' : s.step === 'PARKED' ? 'SENDING' : s.step;
    var at = STEPS.indexOf(shown);
    STEPS.forEach(function (step, i) {
      var here = i === at;
      var asks = here && (s.step === 'QUESTION' || s.step === 'REJECTED' || s.step === 'PARKED');
      var finished = i < at || (here && step === 'REPORT_READY');
      var li = el('li', (here ? 'here ' : '') + (finished ? 'done' : asks ? 'asks' : here ? 'now' : ''), word('step.' + (asks ? s.step : step)));
      if (here) li.setAttribute('aria-current', 'step');
      ol.appendChild(li);
    });
    return ol;
  }
  function studies(d) {
    var list = id('studies');
    if (!changed(list, d.studies, d.unlocked)) return;
    id('noStudies').hidden = d.studies.length !== 0;
    d.studies.forEach(function (s) {
      var li = el('li', 'card' + (s.step === 'QUESTION' || s.step === 'REJECTED' || s.step === 'PARKED' ? ' asks' : s.urgency === 'EMERGENCY' && s.step !== 'REPORT_READY' ? ' urgent' : ''));
      var title = s.patientName !== null ? name(s.patientName) || word('noName') : word('study', { id: s.id });
      add(li, add(el('div', 'top'),
        el('span', 'who', title),
        s.patientId ? el('span', 'small', s.patientId) : null,
        s.urgency === 'ROUTINE' ? null : el('span', 'tag ' + s.urgency, word('urgency.' + s.urgency)),
        el('span', '', (s.modality ? s.modality + ' · ' : '') + word(s.images === 1 ? 'image' : 'images', { n: number(s.images) })),
        s.patientName !== null ? el('span', 'small', s.id) : null,
        s.caseNumber ? el('span', 'small', s.caseNumber) : null,
        el('span', 'small right', when(s.receivedAt))));
      add(li, tracker(s));
      if (s.step === 'SENDING' || (s.step === 'PARKED' && s.sentBytes)) {
        var sent = sentOf(s), bar = el('div', 'bar'), fill = el('div');
        fill.style.width = sent.percent + '%';
        bar.setAttribute('role', 'progressbar');
        bar.setAttribute('aria-valuenow', sent.percent);
        bar.setAttribute('aria-label', word('step.SENDING') + ' ' + s.id);
        add(li, add(bar, fill), el('div', 'small', sent.text));
      }
      if (s.question) add(li, el('div', 'question', s.question));
      if (d.unlocked && s.urgency !== 'EMERGENCY' && STEPS.indexOf(s.step) < 3 && s.step !== 'QUESTION' && s.step !== 'REJECTED')
        add(li, add(el('div', 'acts'), button(word('makeUrgent'), s.id, '/urgent', { id: s.id, urgency: 'EMERGENCY' }, true)));
      list.appendChild(li);
    });
    if (d.truncated) add(list, el('li', 'quiet', word('more')));
  }
  function reports(d) {
    var list = id('reports');
    if (!changed(list, d.reports, d.unlocked)) return;
    id('reportPart').hidden = d.reports.length === 0;
    id('lockedReports').hidden = d.unlocked;
    d.reports.forEach(function (r) {
      var li = el('li', 'card'), top = el('div', 'top');
      add(top, r.patientName !== null ? el('span', 'who', name(r.patientName)) : null,
        el('span', r.patientName === null ? 'who' : 'small', r.caseNumber), r.title ? el('span', '', r.title) : null);
      if (d.unlocked && r.complete) {
        var a = el('a', '', word('open'));
        a.href = '/reports/' + r.id + '.pdf';
        a.target = '_blank';
        a.rel = 'noopener';
        a.setAttribute('aria-label', word('open') + ': ' + r.caseNumber);
        add(top, a);
      } else if (!r.complete) add(top, el('span', 'small', word('coming')));
      add(top, el('span', 'small right', when(r.signedAt)));
      list.appendChild(add(li, top));
    });
  }

  function show(d) {
    last = d;
    set(id('clinic'), d.clinic || 'Heliograph');
    var key = focused();
    headline(d); facts(d); parked(d); studies(d); reports(d);
    focusAgain(key);
    id('keyPart').hidden = !d.canUnlock;
    id('unlock').hidden = d.unlocked;
    id('lock').hidden = !d.unlocked;
    set(id('footer'), word('footer', { software: d.software, time: when(d.now), since: when(d.startedAt) }));
  }
  function look() {
    ask('GET', '/status.json', null, function (status, text) {
      failed = status === 200 ? 0 : failed + 1;
      if (status === 200) {
        show(JSON.parse(text));
      } else if (failed > 1) {
        id('headline').className = 'headline bad';
        set(id('sentence'), word('gone'));
        set(id('more'), word('goneMore'));
      }
    });
  }

  function labels() {
    document.documentElement.lang = language;
    var all = document.querySelectorAll('[data-word]');
    for (var i = 0; i < all.length; i++) all[i].textContent = word(all[i].getAttribute('data-word'));
    id('language').setAttribute('aria-label', word('language'));
    if (last) show(last);
  }
  function speak(chosen) {
    function use() {
      language = chosen;
      id('language').value = chosen;
      labels();
    }
    if (WORDS[chosen]) use();
    else ask('GET', '/words-' + chosen + '.json', null, function (status, text) {
      if (status !== 200) return;
      WORDS[chosen] = JSON.parse(text);
      use();
    });
  }
  function begin() {
    var choice = id('language'), chosen = '';
    try { chosen = localStorage.getItem(KEEP) || ''; } catch (e) { /* not kept */ }
    if (!LANGUAGES[chosen]) chosen = (navigator.language || 'en').slice(0, 2);
    if (!LANGUAGES[chosen]) chosen = 'en';
    Object.keys(LANGUAGES).forEach(function (key) {
      var option = el('option', '', LANGUAGES[key]);
      option.value = key;
      choice.appendChild(option);
    });
    choice.onchange = function () {
      try { localStorage.setItem(KEEP, choice.value); } catch (e) { /* not kept */ }
      speak(choice.value);
    };
    id('unlock').onsubmit = function () {
      var pin = id('pin').value;
      id('pin').value = '';
      ask('POST', '/unlock', { pin: pin }, function (status) {
        set(id('keyWords'), status === 200 ? '' : word(status === 429 ? 'pinWait' : 'pinWrong'));
        look();
      });
      return false;
    };
    id('lock').onclick = function () { ask('POST', '/lock', {}, look); };
    labels();
    speak(chosen);
    look();
    setInterval(function () { if (!document.hidden) look(); }, EVERY);
  }
  begin();
})();
