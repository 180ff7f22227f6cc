/** The page of a talk; a fixed text, so that nothing of the request gets into it. */
export const STREAM_PAGE_HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Building for the hallway</title>
    <link rel="stylesheet" href="/assets/streamPage.css" />
  </head>
  <body>
    <header>
      <strong>Open Track</strong>
      <input id="search" aria-label="Search" placeholder="Search talks" />
      <nav>
        <button id="start-page" data-navigate="/">Start page</button>
        <button id="next-talk" data-navigate="/watch?v=NextTalk_42">Next talk</button>
      </nav>
    </header>
    <div id="stage">
      <video id="player" playsinline></video>
      <button id="play">Play</button>
    </div>
    <main>
      <p class="status"><span class="live">Live</span> Day one · Main hall</p>
      <h1>Building for the hallway</h1>
      <p class="about">
        The best part of a conference happens between the talks. What would it take to bring it to
        the people who watch from home?
      </p>
      <dl>
        <div><dt>Address</dt><dd><output id="address"></output></dd></div>
        <div><dt>Keys that reached this page</dt><dd><output id="keys"></output></dd></div>
      </dl>
    </main>
    <script src="/assets/streamPage.js"></script>
  </body>
</html>
`;
