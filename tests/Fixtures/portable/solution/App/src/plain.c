int plain(void) { return (int)sizeof('x'); }
