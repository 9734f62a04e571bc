/** An event of a stream, its data read. */
export interface Message {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: Record<string, unknown>;
}

/** Takes a stream of events apart, chunk by chunk. Comments carry nothing. */
export function createParser(): (chunk: Uint8Array) => Message[] {
  const decoder = new TextDecoder();
  let text = '';
  return (chunk) => {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      const fields = new Map(
        block.split('\n').map((line) => [line.split(': ', 1)[0], line.slice(line.indexOf(': ') + 2)]),
      );
      const data = fields.get('data');
      if (data === undefined) return [];
      return [{ event: fields.get('event') ?? 'message', id: fields.get('id'), data: JSON.parse(data) }];
    });
  };
}
