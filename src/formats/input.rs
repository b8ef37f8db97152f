//! Bytes in: a file or standard input, decompressed by its magic bytes, in UTF-8. What the bytes mean is each format's business.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::Path;

use encoding_rs::Encoding;

use crate::error::{Error, Result};

const BUFFER: usize = 1 << 16;

/// An open input: its name for messages and provenance, and its bytes.
pub struct Input {
    /// The path as given, or `-`.
    pub name: String,
    /// The decompressed bytes.
    pub reader: Box<dyn BufRead + Send>,
}

impl Input {
    /// Opens `path` (`-` is standard input), decompresses gzip and zstd by magic bytes, and decodes to UTF-8.
    ///
    /// `encoding` is a WHATWG label such as `windows-1252`; without it UTF-8 is taken as it is and UTF-16 with a byte order mark is decoded.
    pub fn open(path: &Path, encoding: Option<&str>) -> Result<Input> {
        let raw: Box<dyn Read + Send> = if path.as_os_str() == "-" { Box::new(io::stdin()) } else { Box::new(open_file(path)?) };
        let name = path.to_string_lossy().into_owned();
        Input::from_reader(name, raw, encoding).map_err(|e| e.in_file(path))
    }

    /// The same for bytes that are already at hand.
    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Result<Input> {
        Input::from_reader(name.to_string(), Box::new(io::Cursor::new(bytes)), None)
    }

    /// The same input under another name, which messages and provenance will show.
    #[must_use]
    pub fn named(mut self, name: &str) -> Input {
        self.name = name.to_string();
        self
    }

    fn from_reader(name: String, raw: Box<dyn Read + Send>, encoding: Option<&str>) -> Result<Input> {
        let reader = decode(decompress(BufReader::with_capacity(BUFFER, raw))?, encoding)?;
        Ok(Input { name, reader })
    }

    /// The first bytes, without consuming them; for sniffing.
    pub fn head(&mut self) -> Result<&[u8]> {
        self.reader.fill_buf().map_err(|e| Error::io(Path::new(&self.name), &e))
    }

    /// The bytes in a file of their own, for formats that are read from their end.
    pub fn seekable(mut self) -> Result<File> {
        let failed = |e| Error::io(Path::new(&self.name), &e);
        let mut file = tempfile::tempfile().map_err(failed)?;
        io::copy(&mut self.reader, &mut file).map_err(failed)?;
        file.rewind().map_err(failed)?;
        Ok(file)
    }

    /// Everything, as text. Not UTF-8 is an error with line, byte and a guess at the encoding.
    pub fn text(mut self) -> Result<String> {
        let path = Path::new(&self.name);
        let mut bytes = Vec::new();
        self.reader.read_to_end(&mut bytes).map_err(|e| Error::io(path, &e))?;
        String::from_utf8(bytes).map_err(|e| not_utf8(e.as_bytes(), e.utf8_error().valid_up_to()).in_file(path))
    }
}

fn open_file(path: &Path) -> Result<File> {
    let file = File::open(path).map_err(|e| Error::io(path, &e))?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(Error::new("is a folder").in_file(path));
    }
    Ok(file)
}

/// The error for bytes that are not UTF-8 from byte `at` on.
pub fn not_utf8(bytes: &[u8], at: usize) -> Error {
    let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() as u64 + 1;
    let error = Error::new(format!("not UTF-8 at byte {at} (`\\x{:02X}`)", bytes.get(at).copied().unwrap_or(0))).at_line(line);
    error.hint(format!("if it is an older file, try `--encoding {}`", guess_encoding(bytes)))
}

/// The legacy encoding that text which is not UTF-8 is most likely in: UTF-16 when every second byte is 0, else windows-1252.
fn guess_encoding(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(1000)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    match (zeros(0) * 4 > head.len(), zeros(1) * 4 > head.len()) {
        (true, false) => "utf-16be",
        (false, true) => "utf-16le",
        _ => "windows-1252",
    }
}

fn decompress(mut reader: BufReader<Box<dyn Read + Send>>) -> Result<Box<dyn BufRead + Send>> {
    let head = reader.fill_buf()?;
    Ok(match head {
        [0x1f, 0x8b, ..] => Box::new(BufReader::with_capacity(BUFFER, flate2::bufread::MultiGzDecoder::new(reader))),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Box::new(BufReader::with_capacity(BUFFER, zstd::Decoder::with_buffer(reader)?)),
        _ => Box::new(reader),
    })
}

fn decode(mut reader: Box<dyn BufRead + Send>, encoding: Option<&str>) -> Result<Box<dyn BufRead + Send>> {
    if let Some(label) = encoding {
        let known = Encoding::for_label(label.as_bytes());
        let known = known.ok_or_else(|| {
            Error::new(format!("unknown encoding `{label}`")).hint("use a name such as `utf-8`, `windows-1252` or `utf-16le`")
        })?;
        return Ok(transcode(reader, known));
    }
    let head = reader.fill_buf()?;
    if head.starts_with(b"\xef\xbb\xbf") {
        reader.consume(3);
        return Ok(reader);
    }
    Ok(match Encoding::for_bom(head) {
        Some((utf16, _)) => transcode(reader, utf16),
        None => reader,
    })
}

fn transcode(reader: Box<dyn BufRead + Send>, encoding: &'static Encoding) -> Box<dyn BufRead + Send> {
    Box::new(BufReader::with_capacity(
        BUFFER,
        Transcoder { reader, decoder: encoding.new_decoder_with_bom_removal(), ready: Vec::new(), taken: 0, done: false },
    ))
}

/// Reads another encoding as UTF-8; what cannot be decoded becomes U+FFFD, which the checks report.
struct Transcoder {
    reader: Box<dyn BufRead + Send>,
    decoder: encoding_rs::Decoder,
    ready: Vec<u8>,
    taken: usize,
    done: bool,
}

impl Read for Transcoder {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.ready.len() && !self.done {
            self.refill()?;
        }
        let n = out.len().min(self.ready.len() - self.taken);
        out[..n].copy_from_slice(&self.ready[self.taken..self.taken + n]);
        self.taken += n;
        Ok(n)
    }
}

impl Transcoder {
    fn refill(&mut self) -> io::Result<()> {
        let raw = self.reader.fill_buf()?;
        let (len, last) = (raw.len(), raw.is_empty());
        let mut text = String::with_capacity(self.decoder.max_utf8_buffer_length(len).unwrap_or(4 * len + 16));
        let _ = self.decoder.decode_to_string(raw, &mut text, last);
        self.reader.consume(len);
        (self.ready, self.taken, self.done) = (text.into_bytes(), 0, last);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn text(bytes: &[u8]) -> Result<String> {
        Input::from_bytes("test", bytes.to_vec()).and_then(Input::text)
    }

    #[test]
    fn compressed_input_is_decompressed_by_its_magic_bytes() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all("año".as_bytes()).expect("in memory");
        assert_eq!(text(&gz.finish().expect("in memory")).expect("text"), "año");
        let zst = zstd::encode_all("año".as_bytes(), 1).expect("in memory");
        assert_eq!(text(&zst).expect("text"), "año");
    }

    #[test]
    fn utf16_with_a_byte_order_mark_is_decoded() {
        let bytes: Vec<u8> = "\u{feff}¿Sí?\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&bytes).expect("text"), "¿Sí?\n");
        assert_eq!(text(b"\xef\xbb\xbfabc").expect("text"), "abc");
    }

    #[test]
    fn an_encoding_can_be_named() {
        let input = Input::from_reader("t".into(), Box::new(io::Cursor::new(b"a\xf1o \x85".to_vec())), Some("windows-1252"));
        assert_eq!(input.and_then(Input::text).expect("text"), "año …");
        assert!(Input::from_reader("t".into(), Box::new(io::Cursor::new(vec![])), Some("klingon")).is_err());
    }

    #[test]
    fn what_is_not_utf8_is_reported_with_its_place() {
        let error = text(b"hola\na\xf1o").expect_err("not UTF-8").to_string();
        assert!(error.contains("test:2: not UTF-8 at byte 6 (`\\xF1`)"), "{error}");
        assert!(error.contains("--encoding windows-1252"), "{error}");
    }
}
