/** Every number that both sides must agree on, each with its reason. Durations in ms, sizes in bytes. */
export const LIMITS = {
  /** Fits "Firstname Lastname (Company)"; longer names do not fit the panel's heading. */
  displayNameLength: 40,
  /** A group, a field of interest; and how many of them one person may name. */
  traitLength: 40,
  traitsOfAKind: 10,
  /** A talk's title with its subtitle. */
  eventTitleLength: 120,
  /** Longest address accepted from outside; real pages stay far below, hostile ones do not. */
  urlLength: 8_192,
  /** Longest event key: a long path still fits, and a key fits an index row. */
  eventKeyLength: 1_024,
  /** Mirrors of one event: the stream, its embed, the conference page, a few languages. */
  urlsPerEvent: 20,
  /** Parameters of an unknown site's address that a registration may name. */
  parametersPerUrl: 4,

  /** A conversation shorter than this ends before hello. */
  callSecondsMin: 15,
  /** Longer than this it is no hallway chat, and everybody else waits. */
  callSecondsMax: 900,
  /** The product's promise. */
  callSecondsDefault: 120,
  /** An organizer may want leaving early to gain nothing; longer than this it would be a punishment. */
  minimumSecondsMax: 30,
  /** Of the call: who has a reason to go shall not weigh it against a wait. */
  minimumShareMax: 0.25,
  /** Long enough to say goodbye and thank you; pictures stay on meanwhile. */
  goodbyeMs: 10_000,
  /** What two who both ask get on top: the promise once more. A shorter call gets its own length. */
  moreMsMax: 120_000,
  /** Once a call: who has more to say swaps contacts, and the others get their turn. */
  moreTimesPerCall: 1,
  /** From here to the end of the goodbye the panel offers more time: early enough to be no surprise. */
  moreOfferedMs: 45_000,
  /**
   * From *matched* to media on both sides; then both go to the queue's head. Half a second less than
   * the 8 s within which they are to read why.
   */
  connectTimeoutMs: 7_500,
  /** The countdown's two cues. */
  cueMs: [30_000, 10_000],

  /**
   * Who waits is taken for present so long after they last did something in the panel. A usual call
   * with its goodbye, the pause after it and some waiting fit in.
   */
  presentForMs: 180_000,
  /** To say that one is there after all: time to look over and to press a button. */
  readyCheckMs: 10_000,
  /** Signs of the person are told this far apart at most: many times in the time above. */
  signIntervalMs: 30_000,

  /** Between two conversations: long enough to read who it was and to ask for a break. */
  afterCallMs: 6_000,

  /** Rounds closer together than a call with its goodbye would leave people out. */
  roundMinutesMin: 1,
  /** A break between two talks; what is rarer is better an event of its own. */
  roundMinutesMax: 240,
  /**
   * A round stays open this long: who could not be connected (7.5 s), or says only now that they are
   * there (10 s), still meets somebody in it.
   */
  roundOpenMs: 20_000,

  /** How long a dropped socket keeps seat, call and timer: an elevator, a change of network. */
  resumeGraceMs: 30_000,
  /** From the join answer to *hello*: one round trip and a slow radio. */
  ticketTtlMs: 60_000,
  /** It holds ids and a name of forty characters under a signature, in base64. */
  ticketLength: 800,
  /** From the accepted socket to *hello*; a silent socket costs memory. */
  helloTimeoutMs: 10_000,
  /** The client's own heartbeat: proves the path alive, also to a page that sees no TCP state. */
  pingIntervalMs: 5_000,
  /** A client without an answer for this long gives the socket up and resumes on a fresh one. */
  pongTimeoutMs: 10_000,
  /** The same for a link that is asked to prove itself because the call has stalled. */
  proofTimeoutMs: 1_500,
  /**
   * The same for a try to come back while a call is stalled. Systems repeat the first packet of a lost
   * connection after 1 s and then ever more slowly; a fresh try begins with the short pauses again.
   */
  hurriedHelloTimeoutMs: 2_500,
  /** Presence is coalesced: at most two frames a second per member whatever the lobby's size. */
  presenceIntervalMs: 500,
  /** An expected wait is told in tens of seconds; looking more often would change nothing. */
  forecastIntervalMs: 2_000,

  /** A few sentences; more is a letter, not a conversation of two minutes. */
  chatTextLength: 500,
  /** More lines of one conversation nobody reads again; a flood is cut to its end. */
  chatLines: 100,

  /** An offer of Chromium with every codec is below 8 kB. */
  sdpLength: 12_000,
  /** Two addresses of two families over UDP and TCP, and a few relays. */
  candidatesTogether: 16,
  /** The largest honest lobby frame is an offer ahead with its candidates, below 12 kB. */
  lobbyFrameBytes: 16_384,
  /** An offer with every codec and candidate is below 12 kB. */
  brokerFrameBytes: 65_536,
  /** An honest client sends about one lobby frame a second; a burst covers resume. */
  lobbyFramesPerSecond: 20,
  lobbyFrameBurst: 40,
  /** Bytes, the same way: an offer ahead every second is more than anybody makes. */
  lobbyBytesPerSecond: 32_768,
  /** All that a client may have kept while it was away, twice. */
  lobbyByteBurst: 131_072,
  /** What the server keeps for a member until it is acknowledged: a call's worth of messages. */
  replayFrames: 64,
  replayBytes: 65_536,
  /** What a client keeps; said again at once, it stays below the burst of frames. */
  keptFrames: 30,
  keptBytes: 65_536,
  /** A backlog that an honest network never builds up: some hundred messages. */
  slowReaderBytes: 262_144,
  /** Trickled candidates come in bursts of a few dozen. */
  brokerFramesPerSecond: 50,
  brokerFrameBurst: 100,
  /** Length of the hexadecimal hash prefix in a badge lookup: about a million buckets. */
  lookupPrefixLength: 5,
  /** An organizer sees counts by state only from this many people on. */
  organizerMinimumGroup: 5,
} as const;
