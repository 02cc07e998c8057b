/* Included by civetweb.c (civetweb.cmake). */

/* Whether each line of a head is what it is for every reader: one header, from its name on, which the colon follows
 * at once; ended by CR LF or LF, with no CR elsewhere; the only empty line is the last. No more headers than
 * parse_http_headers() reads. */
static int
is_sound_head(const char *head, int length)
{
	const char *const end = head + length;
	const char *line = head;
	int lines = 0;

	while (line < end) {
		const char *const feed = (const char *)memchr(line, '\n', (size_t)(end - line));
		const char *stop = feed;
		const char *at = line;

		if (feed == NULL) {
			return 0;
		}
		if ((feed > line) && (feed[-1] == '\r')) {
			stop = feed - 1;
		}
		if (memchr(line, '\r', (size_t)(stop - line)) != NULL) {
			return 0;
		}
		if (stop == line) {
			return feed + 1 == end;
		}
		while ((at < stop) && (*at > ' ') && (*at < 127) && (*at != ':')) {
			at++;
		}
		if ((lines > 0) && ((at == line) || (at == stop) || (*at != ':'))) {
			return 0;
		}
		if (++lines > 1 + (int)MG_MAX_HEADERS) {
			return 0;
		}
		line = feed + 1;
	}
	return 0;
}

/* For shutdown() only: the connection stays its owner's. */
int
mg_connection_socket(const struct mg_connection *conn)
{
	return conn->client.sock;
}

/* Before there is a request, too. */
const char *
mg_connection_address(const struct mg_connection *conn)
{
	return conn->request_info.remote_addr;
}
