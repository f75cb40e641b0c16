// Pictures and cases made by code for the development server. Nobody's data.
import { deflateSync } from 'node:zlib';

function noise(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A forearm-like phantom: soft tissue, two bones with a fracture line, a lead marker; 16 bit, 4096 levels used. */
export function xray(columns, rows, seed = 7) {
  const random = noise(seed);
  const pixels = new Uint16Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    const v = y / rows;
    for (let x = 0; x < columns; x++) {
      const u = x / columns - 0.5;
      const sway = 0.03 * Math.sin(v * 3);
      const limb = 0.24 + 0.05 * Math.sin(v * Math.PI);
      const soft = Math.max(0, 1 - ((u - sway) / limb) ** 2) ** 0.5;
      let bone = 0;
      for (const [place, width] of [
        [-0.085 + sway, 0.055],
        [0.09 + sway, 0.045],
      ]) {
        const across = Math.abs(u - place - 0.008 * Math.sin(v * 9)) / width;
        if (across < 1) bone += across > 0.62 ? 0.95 : 0.55 + 0.12 * Math.sin(x * 0.12) * Math.sin(y * 0.09);
      }
      const crack = Math.abs(v - 0.46 - 0.25 * (u + 0.085)) < 0.0035 && u < 0.0 ? 0.45 : 1;
      const marker = u > 0.36 && u < 0.4 && v > 0.06 && v < 0.11 ? 1.2 : 0;
      const value = 420 + 900 * soft + 1500 * bone * crack + 2400 * marker + 90 * (random() + random() - 1);
      pixels[y * columns + x] = Math.max(0, Math.min(4095, value));
    }
  }
  return pixels;
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** An RGB PNG whose pixels come from `colourAt(x, y) → [r, g, b]`. */
export function png(width, height, colourAt) {
  const raw = Buffer.alloc(height * (width * 3 + 1));
  for (let y = 0, at = 0; y < height; y++) {
    raw[at++] = 0;
    for (let x = 0; x < width; x++)
      for (const part of colourAt(x, y)) raw[at++] = Math.max(0, Math.min(255, part));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = chunk('IDAT', deflateSync(raw, { level: 3 }));
  return Buffer.concat([signature, chunk('IHDR', head), data, chunk('IEND', Buffer.alloc(0))]);
}

export function xrayThumbnail(pixels, columns, rows, width) {
  const step = columns / width;
  return png(width, Math.floor(rows / step), (x, y) => {
    const grey = pixels[Math.floor(y * step) * columns + Math.floor(x * step)] / 14;
    return [grey, grey, grey];
  });
}

/** Skin with a pigmented lesion and a ruler along the lower edge. */
export function skin(width, height, close) {
  const random = noise(close ? 3 : 5);
  const radius = close ? height * 0.3 : height * 0.09;
  return png(width, height, (x, y) => {
    const dx = x - width * 0.52;
    const dy = (y - height * 0.45) * 1.2;
    const angle = Math.atan2(dy, dx);
    const edge = radius * (1 + 0.12 * Math.sin(3 * angle) + 0.06 * Math.sin(7 * angle + 1));
    const depth = Math.max(0, Math.min(1, (edge - Math.hypot(dx, dy)) / (radius * 0.15)));
    const grain = 6 * (random() - 0.5) + 3 * Math.sin(x * 0.05) * Math.sin(y * 0.07);
    if (y > height * 0.93) {
      const tick = x % (width / 40) < 2 || y < height * 0.935;
      return tick ? [30, 30, 30] : [240, 240, 235];
    }
    return [
      186 + grain - depth * (95 + 20 * Math.sin(angle * 5)),
      138 + grain - depth * 82,
      108 + grain - depth * 68,
    ];
  });
}

const hours = (count) => new Date(Date.now() + count * 3_600_000).toISOString();
const site = [
  { id: 'site-a', name: 'Kisoro District Clinic' },
  { id: 'site-b', name: 'Port Salvo Health Post' },
];

const uid = (last) => `2.25.3141592653589793238.${last}`;

function summary(number, over) {
  return {
    id: `case-${number}`,
    number: `2026-${String(number).padStart(6, '0')}`,
    state: 'WAITING',
    stateText: 'Waiting for a reader',
    urgency: 'ROUTINE',
    specialty: 'RADIOLOGY',
    deadlineAt: hours(30),
    clockPaused: false,
    overdue: false,
    site: site[number % 2],
    bodyPart: 'Forearm',
    modality: 'DX',
    imageCount: 2,
    createdAt: hours(-3),
    updatedAt: hours(-2),
    claimedBy: null,
    claimedUntil: null,
    version: 3,
    underWay: null,
    previewsOnly: false,
    ...over,
  };
}

const people = [
  { name: 'Okello, Amara', sex: 'F', birthDate: '1987-04-12', ageText: '39 y' },
  { name: 'Nguyễn, Minh Anh', sex: 'M', birthDate: '2014-09-30', ageText: '12 y' },
  { name: 'حداد, ليلى', sex: 'F', birthDate: '1961-01-05', ageText: '65 y' },
  { name: '<b>Sánchez</b>, José', sex: 'M', birthDate: '1999-12-24', ageText: '26 y' },
  { name: 'शर्मा, अनन्या', sex: 'F', birthDate: '2021-02-14', ageText: '5 y' },
  { name: '王, 小明', sex: 'M', birthDate: null, ageText: null },
];

const xrayStudy = (number) => ({
  studyInstanceUid: uid(number),
  studyDate: '2026-11-20',
  description: 'Forearm AP and lateral',
  modality: 'DX',
  series: [
    {
      seriesInstanceUid: uid(`${number}.1`),
      modality: 'DX',
      description: 'AP / lateral',
      instances: [1, 2].map((each) => ({
        sopInstanceUid: uid(`${number}.1.${each}`),
        sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1',
        instanceNumber: each,
        rows: 2500,
        columns: 2048,
        numberOfFrames: 1,
        transferSyntaxUid: '1.2.840.10008.1.2.1',
        photo: false,
        complete: true,
      })),
    },
  ],
});

const skinStudy = (number) => ({
  studyInstanceUid: uid(number),
  studyDate: '2026-11-21',
  description: 'Skin photos',
  modality: 'XC',
  series: [
    {
      seriesInstanceUid: uid(`${number}.1`),
      modality: 'XC',
      description: 'Left shoulder',
      instances: [1, 2].map((each) => ({
        sopInstanceUid: uid(`${number}.1.${each}`),
        sopClassUid: '1.2.840.10008.5.1.4.1.1.77.1.4',
        instanceNumber: each,
        rows: 900,
        columns: 1200,
        numberOfFrames: 1,
        transferSyntaxUid: '1.2.840.10008.1.2.1',
        photo: true,
        complete: true,
      })),
    },
  ],
});

export function makeCases() {
  const list = [
    summary(1, { urgency: 'EMERGENCY', deadlineAt: hours(0.6), patient: people[0] }),
    summary(2, {
      urgency: 'URGENT',
      deadlineAt: hours(-0.4),
      overdue: true,
      patient: people[1],
      bodyPart: 'Hand',
    }),
    summary(3, {
      urgency: 'URGENT',
      deadlineAt: hours(2.8),
      patient: people[2],
      bodyPart: 'Chest',
      imageCount: 1,
    }),
    summary(4, { patient: people[3], specialty: 'DERMATOLOGY', modality: 'XC', bodyPart: 'Shoulder' }),
    summary(5, { patient: people[4], clockPaused: true, state: 'NEEDS_INFO', stateText: 'Asked the clinic' }),
    summary(6, { patient: people[5], deadlineAt: hours(3.5) }),
  ];
  for (let number = 7; number <= 40; number++) {
    list.push(summary(number, { patient: people[number % 6], deadlineAt: hours(30 + number) }));
  }
  return new Map(
    list.map((each) => [
      each.id,
      {
        ...each,
        patientDetails: {
          familyName: each.patient.name.split(', ')[0],
          givenName: each.patient.name.split(', ')[1],
          id: `KDC-${each.number.slice(-4)}`,
          issuer: 'KISORO',
          birthDate: each.patient.birthDate,
          sex: each.patient.sex,
        },
        request: {
          specialty: each.specialty,
          urgency: each.urgency,
          bodyPart: each.bodyPart,
          laterality: 'L',
          question: 'Fracture? Fell from a bicycle yesterday, swelling and pain over the distal forearm.',
          history: 'No known illness. No earlier fracture. Pain 7/10, pulses and sensation intact.',
        },
        referrer: { id: 'p-9', displayName: 'Dr Grace Mbeki', organisation: 'District Hospital' },
        studies: [
          each.specialty === 'DERMATOLOGY'
            ? skinStudy(each.number.slice(-1))
            : xrayStudy(Number(each.number.slice(-6))),
        ],
        photos: [],
        messages: [
          {
            at: each.createdAt,
            by: 'Nurse Achieng',
            kind: 'MESSAGE',
            text: 'Arm is splinted. Patient waits here until 17:00.',
          },
        ],
        events: [],
        mismatch: each.id === 'case-2' ? { fields: ['birthDate'] } : null,
        actions: each.state === 'WAITING' ? ['claim'] : [],
        report: null,
      },
    ]),
  );
}

const attribute = (vr, ...Value) => ({ vr, Value });

/** The header of one synthetic instance in the DICOM JSON model. */
export function header(found, instance, number) {
  const { case: owner, study, series } = found;
  const photo = instance.photo;
  return {
    '00080016': attribute('UI', instance.sopClassUid),
    '00080018': attribute('UI', instance.sopInstanceUid),
    '00080020': attribute('DA', study.studyDate.replaceAll('-', '')),
    '00080060': attribute('CS', series.modality),
    '00081030': attribute('LO', study.description),
    '00100010': attribute('PN', { Alphabetic: owner.patient.name.replace(', ', '^') }),
    '00100020': attribute('LO', owner.patientDetails.id),
    '00100021': attribute('LO', owner.patientDetails.issuer),
    '00100030': attribute(
      'DA',
      ...(owner.patient.birthDate ? [owner.patient.birthDate.replaceAll('-', '')] : []),
    ),
    '00100040': attribute('CS', owner.patient.sex),
    '0020000D': attribute('UI', study.studyInstanceUid),
    '0020000E': attribute('UI', series.seriesInstanceUid),
    '00200013': attribute('IS', number),
    '00200062': attribute('CS', 'L'),
    '00185101': attribute('CS', number === 1 ? 'AP' : 'LAT'),
    '00181164': attribute('DS', 0.139, 0.139),
    '00280002': attribute('US', photo ? 3 : 1),
    '00280004': attribute('CS', photo ? 'RGB' : 'MONOCHROME2'),
    '00280010': attribute('US', instance.rows),
    '00280011': attribute('US', instance.columns),
    '00280100': attribute('US', photo ? 8 : 16),
    '00280101': attribute('US', photo ? 8 : 12),
    '00280102': attribute('US', photo ? 7 : 11),
    '00280103': attribute('US', 0),
    '00281050': attribute('DS', 1700),
    '00281051': attribute('DS', 3000),
    '00281052': attribute('DS', 0),
    '00281053': attribute('DS', 1),
  };
}
