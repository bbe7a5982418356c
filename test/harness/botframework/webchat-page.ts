/** Where the client finds the service, and who it is there. */
interface PageAbout {
  readonly domain: string;
  readonly token: string;
}

/** A page as a site would write it after Microsoft's own example; it asks for news five times a second. */
export const webchatPage = (about: PageAbout): string => `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>Web Chat</title>
<style>html, body, #chat { height: 100%; margin: 0 }</style>
</head>
<body>
<div id="chat"></div>
<script src="/webchat.js"></script>
<script>
const directLine = WebChat.createDirectLine(${JSON.stringify({ ...about, webSocket: false, pollingInterval: 200 })});
WebChat.renderWebChat({ directLine, locale: 'vi-VN' }, document.getElementById('chat'));
</script>
</body>
</html>
`;
