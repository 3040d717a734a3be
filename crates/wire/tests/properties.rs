//! What is written reads back, and no bytes make the reader fail in any way but an error.

use bytes::Bytes;
use ottla_wire::{DecodeErrorKind, Form, Reader, TagSection, UnknownTags, Writer, varint};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn numbers_round_trip(a: i8, b: i16, c: i32, d: i64, e: u16, f: u32, g: bool, h: [u8; 16]) {
        let mut w = Writer::new();
        w.i8(a); w.i16(b); w.i32(c); w.i64(d); w.u16(e); w.u32(f); w.bool(g);
        w.uuid(ottla_types::Uuid(h)); w.varint(c); w.varlong(d); w.uvarint(f);
        let bytes = w.into_vec();
        let mut r = Reader::new(&bytes);
        prop_assert_eq!((r.i8()?, r.i16()?, r.i32()?, r.i64()?), (a, b, c, d));
        prop_assert_eq!((r.u16()?, r.u32()?, r.bool()?, r.uuid()?.0), (e, f, g, h));
        prop_assert_eq!((r.varint()?, r.varlong()?, r.uvarint()?), (c, d, f));
        prop_assert_eq!(r.finish(), Ok(()));
    }

    #[test]
    fn varint_lengths_are_those_written(a: i32, b: i64) {
        let mut out = Vec::new();
        varint::write_i32(&mut out, a);
        prop_assert_eq!(out.len(), varint::len_i32(a));
        varint::write_i64(&mut out, b);
        prop_assert_eq!(out.len(), varint::len_i32(a) + varint::len_i64(b));
        let mut rest = &out[..];
        prop_assert_eq!(varint::read_i32(&mut rest), Ok(a));
        prop_assert_eq!(varint::read_i64(&mut rest), Ok(b));
    }

    #[test]
    fn text_and_bytes_round_trip(text: Option<String>, bytes: Option<Vec<u8>>, compact: bool) {
        let form = Form::of(compact);
        let mut w = Writer::new();
        w.nullable_string_as(form, text.as_deref())?;
        w.nullable_bytes_as(form, bytes.as_deref())?;
        w.array_of(form, bytes.as_deref().unwrap_or_default(), Writer::u8)?;
        w.strings(form, text.as_slice())?;
        let out = w.into_vec();
        let mut r = Reader::new(&out);
        let read = r.nullable_string_as(form)?;
        prop_assert_eq!(read.as_deref(), text.as_deref());
        prop_assert_eq!(r.nullable_bytes_as(form)?, bytes.as_deref());
        prop_assert_eq!(r.array_of(form, Reader::u8)?, bytes.unwrap_or_default());
        prop_assert_eq!(r.strings(form)?.len(), usize::from(text.is_some()));
        prop_assert_eq!(r.finish(), Ok(()));
    }

    #[test]
    fn shared_chunks_lie_where_they_were_put(parts in prop::collection::vec(
        (any::<bool>(), prop::collection::vec(any::<u8>(), 0..40)), 0..12)) {
        let mut rope = Writer::with_length_prefix();
        let mut flat = Vec::new();
        for (shared, part) in &parts {
            if *shared { rope.put_shared(Bytes::from(part.clone())); } else { rope.put_slice(part); }
            flat.extend_from_slice(part);
        }
        let frame = rope.into_frame();
        prop_assert_eq!(frame.len(), flat.len() + 4);
        let bytes = frame.to_vec().unwrap();
        prop_assert_eq!(Reader::new(&bytes).i32()?, i32::try_from(flat.len()).unwrap());
        prop_assert_eq!(&bytes[4..], &flat[..]);
    }

    #[test]
    fn sized_parts_carry_their_size(before: Vec<u8>, own in prop::collection::vec(any::<u8>(), 0..300),
        shared: Vec<u8>) {
        let mut w = Writer::new();
        w.put_slice(&before);
        let mark = w.begin_sized();
        w.put_slice(&own);
        w.put_shared(Bytes::from(shared.clone()));
        w.end_sized(mark);
        let out = w.into_vec();
        let mut r = Reader::new(&out);
        prop_assert_eq!(r.take(before.len())?, &before[..]);
        prop_assert_eq!(usize::try_from(r.uvarint()?).unwrap(), own.len() + shared.len());
        prop_assert_eq!(r.take(own.len())?, &own[..]);
        prop_assert_eq!(r.take(shared.len())?, &shared[..]);
    }

    #[test]
    fn unknown_tags_are_kept(tags in prop::collection::btree_map(0u32..500, prop::collection::vec(any::<u8>(), 0..20), 0..60),
        known in 0u32..500) {
        let mut unknown = UnknownTags::default();
        for (tag, bytes) in &tags { unknown.push(*tag, bytes); }
        let mut w = Writer::new();
        unknown.encode(&mut w);
        let out = w.into_vec();
        let mut r = Reader::new(&out);
        let read = UnknownTags::decode(&mut r)?;
        prop_assert_eq!(&read, &unknown);
        prop_assert_eq!(r.finish(), Ok(()));

        // One known tag among them is taken out of the view.
        let mut r = Reader::new(&out);
        let mut section = TagSection::begin(&mut r)?;
        while let Some(tag) = section.next(&mut r)? {
            if tag == known { r.take(section.declared())?; } else { section.unknown(&mut r, tag)?; }
        }
        let left: Vec<u32> = section.finish().iter().map(|(tag, _)| tag).collect();
        let expected: Vec<u32> = tags.keys().copied().filter(|tag| *tag != known).collect();
        prop_assert_eq!(left, expected);
    }

    #[test]
    fn any_bytes_give_a_value_or_an_error(bytes: Vec<u8>, compact: bool) {
        let form = Form::of(compact);
        drop(Reader::new(&bytes).nullable_strings(form));
        drop(Reader::new(&bytes).nullable_array_of(form, Reader::i64));
        drop(UnknownTags::decode(&mut Reader::new(&bytes)));
        drop(UnknownTags::decode(&mut Reader::trusted(&bytes)));
        let mut r = Reader::new(&bytes);
        while r.varlong().is_ok() {}
    }
}

fn kind<T: std::fmt::Debug>(result: Result<T, ottla_wire::DecodeError>) -> DecodeErrorKind {
    result.expect_err("refused").kind
}

#[test]
fn lengths_no_value_has_are_refused() {
    for negative in [&[0xff, 0xff], &[0xff, 0xfe], &[0x80, 0]] {
        assert_eq!(
            kind(Reader::new(negative).string()),
            DecodeErrorKind::UnexpectedNull
        );
        assert_eq!(Reader::new(negative).nullable_string(), Ok(None));
    }
    assert_eq!(
        kind(Reader::new(&[0x80, 0x80, 0x10]).compact_string()),
        DecodeErrorKind::InvalidLength(0x3_ffff)
    );
    assert_eq!(
        kind(Reader::new(&[0x80; 6]).uvarint()),
        DecodeErrorKind::VarintTooLong
    );
    assert_eq!(
        kind(Reader::new(&[0x80; 11]).varlong()),
        DecodeErrorKind::VarintTooLong
    );
}

#[test]
fn arrays_longer_than_the_frame_are_refused_before_they_are_allocated() {
    let bytes = [0x7f, 0xff, 0xff, 0xff, 1, 2, 3];
    let found = kind(Reader::new(&bytes).array_of(Form::Classic, Reader::i8));
    assert_eq!(
        found,
        DecodeErrorKind::Truncated {
            needed: 0x7fff_ffff,
            remaining: 3
        }
    );
}

#[test]
fn elements_much_larger_than_their_bytes_exhaust_the_budget() {
    let mut bytes = vec![0; 100_004];
    bytes[..4].copy_from_slice(&100_000i32.to_be_bytes());
    let found = kind(Reader::new(&bytes).array_of(Form::Classic, |r| r.i8().map(|_| [0u8; 64])));
    assert!(matches!(
        found,
        DecodeErrorKind::BudgetExceeded {
            needed: 6_400_000,
            ..
        }
    ));
    let trusted = Reader::trusted(&bytes).array_of(Form::Classic, |r| r.i8().map(|_| [0u8; 64]));
    assert_eq!(trusted.map(|items| items.len()), Ok(100_000));
}

#[test]
fn text_that_is_not_utf8_is_read_as_java_does() {
    let bytes = [0, 4, b'a', 0xff, 0xc3, b'b'];
    assert_eq!(Reader::new(&bytes).string().unwrap(), "a\u{fffd}\u{fffd}b");
}

#[test]
fn peers_may_not_repeat_or_flood_tags() {
    let repeated = [2, 5, 0, 5, 0];
    assert_eq!(
        kind(UnknownTags::decode(&mut Reader::new(&repeated))),
        DecodeErrorKind::TagOrder(5)
    );
    assert!(UnknownTags::decode(&mut Reader::trusted(&repeated)).is_ok());
    let mut flood = vec![65];
    for tag in 0..65 {
        flood.extend_from_slice(&[tag, 0]);
    }
    assert_eq!(
        kind(UnknownTags::decode(&mut Reader::new(&flood))),
        DecodeErrorKind::TooManyTags(64)
    );
    let count = [0xff, 0xff, 0xff, 0x07, 0, 0];
    assert!(matches!(
        kind(UnknownTags::decode(&mut Reader::new(&count))),
        DecodeErrorKind::Truncated { .. }
    ));
}

#[test]
fn a_string_longer_than_its_length_field_is_refused() {
    let long = "x".repeat(0x8000);
    assert!(Writer::new().string(&long).is_err());
    assert!(Writer::new().compact_string(&long).is_err());
    assert!(Writer::new().string(&long[1..]).is_ok());
}
