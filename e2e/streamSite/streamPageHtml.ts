/** The page of a talk; a fixed text, so that nothing of the request gets into it. */
export const STREAM_PAGE_HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Building for the hallway</title>
    <link rel="stylesheet" href="/assets/streamPage.css" />
  </head>
  <body>
    <header>
      <strong>Stream site</strong>
      <input id="search" aria-label="Search" placeholder="Search" />
      <button id="play">Play</button>
    </header>
    <div id="stage"><video id="player" playsinline></video></div>
    <main>
      <h1>Building for the hallway</h1>
      <p>Address: <output id="address"></output></p>
      <nav>
        <button id="next-talk" data-navigate="/watch?v=NextTalk_42">Next talk</button>
        <button id="start-page" data-navigate="/">Start page</button>
      </nav>
      <p>Keys that reached this page: <output id="keys"></output></p>
    </main>
    <script src="/assets/streamPage.js"></script>
  </body>
</html>
`;
