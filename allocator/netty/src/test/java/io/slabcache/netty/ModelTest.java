package io.slabcache.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.slabcache.SlabAllocator;
import io.slabcache.diagnostics.Debug;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A buffer does what Netty's own does: random calls go to both, and results, exceptions, indices and bytes are compared.
 * The other buffer is a plain array of Netty.
 */
class ModelTest {
    private static final int CALLS = 20_000;
    private static final int MOST = 3_000;

    /** Something done to a buffer with random arguments; returns what is to be compared. */
    private interface Call extends BiFunction<ByteBuf, Random, Object> {}

    private static final List<Call> CALLS_OF_VALUES = List.of(
            (buffer, random) -> buffer.getByte(index(buffer, random)),
            (buffer, random) -> buffer.getShort(index(buffer, random)),
            (buffer, random) -> buffer.getShortLE(index(buffer, random)),
            (buffer, random) -> buffer.getMedium(index(buffer, random)),
            (buffer, random) -> buffer.getMediumLE(index(buffer, random)),
            (buffer, random) -> buffer.getUnsignedMedium(index(buffer, random)),
            (buffer, random) -> buffer.getUnsignedMediumLE(index(buffer, random)),
            (buffer, random) -> buffer.getInt(index(buffer, random)),
            (buffer, random) -> buffer.getIntLE(index(buffer, random)),
            (buffer, random) -> buffer.getLong(index(buffer, random)),
            (buffer, random) -> buffer.getLongLE(index(buffer, random)),
            (buffer, random) -> buffer.getDouble(index(buffer, random)),
            (buffer, random) -> same(buffer.setByte(index(buffer, random), random.nextInt())),
            (buffer, random) -> same(buffer.setShort(index(buffer, random), random.nextInt())),
            (buffer, random) -> same(buffer.setShortLE(index(buffer, random), random.nextInt())),
            (buffer, random) -> same(buffer.setMedium(index(buffer, random), random.nextInt())),
            (buffer, random) -> same(buffer.setMediumLE(index(buffer, random), random.nextInt())),
            (buffer, random) -> same(buffer.setInt(index(buffer, random), random.nextInt())),
            (buffer, random) -> same(buffer.setIntLE(index(buffer, random), random.nextInt())),
            (buffer, random) -> same(buffer.setLong(index(buffer, random), random.nextLong())),
            (buffer, random) -> same(buffer.setLongLE(index(buffer, random), random.nextLong())),
            (buffer, random) -> same(buffer.writeInt(random.nextInt())),
            (buffer, random) -> same(buffer.writeMediumLE(random.nextInt())),
            (buffer, random) -> same(buffer.writeLong(random.nextLong())),
            (buffer, random) -> buffer.readByte(),
            (buffer, random) -> buffer.readLongLE(),
            (buffer, random) -> swapped(buffer).getInt(index(buffer, random)),
            (buffer, random) -> same(swapped(buffer).setLong(index(buffer, random), random.nextLong())));

    private static final List<Call> CALLS_OF_BYTES = List.of(
            (buffer, random) -> {
                byte[] target = new byte[random.nextInt(64)];
                buffer.getBytes(index(buffer, random), target);
                return List.of(Unpooled.wrappedBuffer(target));
            },
            (buffer, random) -> same(buffer.setBytes(index(buffer, random), bytes(random, 64))),
            (buffer, random) -> same(buffer.writeBytes(bytes(random, 64))),
            (buffer, random) -> same(buffer.setBytes(index(buffer, random), ByteBuffer.wrap(bytes(random, 64)))),
            (buffer, random) -> {
                ByteBuffer source =
                        ByteBuffer.allocateDirect(32).put(bytes(random, 32)).flip();
                buffer.setBytes(index(buffer, random), source.asReadOnlyBuffer());
                return source.position();
            },
            (buffer, random) -> {
                ByteBuffer target = random.nextBoolean() ? ByteBuffer.allocate(40) : ByteBuffer.allocateDirect(40);
                buffer.getBytes(index(buffer, random), target);
                return target.flip();
            },
            (buffer, random) -> {
                ByteBuf target = other(buffer, random, 50);
                buffer.getBytes(index(buffer, random), target, random.nextInt(20), random.nextInt(40));
                return contents(target);
            },
            (buffer, random) -> {
                ByteBuf source = Buffers.fill(other(buffer, random, 50), random.nextInt());
                buffer.setBytes(index(buffer, random), source, random.nextInt(20), random.nextInt(40));
                return contents(source);
            },
            (buffer, random) -> {
                ByteBuf source = buffer.copy();
                try {
                    return same(
                            buffer.setBytes(index(buffer, random), source, index(source, random), random.nextInt(40)));
                } finally {
                    source.release();
                }
            },
            (buffer, random) -> same(buffer.setZero(index(buffer, random), random.nextInt(70))),
            (buffer, random) -> same(buffer.writeZero(random.nextInt(40))),
            (buffer, random) -> ByteBuffer.wrap(io(() -> {
                ByteArrayOutputStream target = new ByteArrayOutputStream();
                buffer.getBytes(index(buffer, random), target, random.nextInt(64));
                return target.toByteArray();
            })),
            (buffer, random) -> io(() -> buffer.setBytes(
                    index(buffer, random), new ByteArrayInputStream(bytes(random, 40)), random.nextInt(60))),
            (buffer, random) -> ByteBuffer.wrap(io(() -> {
                ByteArrayOutputStream target = new ByteArrayOutputStream();
                buffer.readBytes(new Gathering(target), random.nextInt(30));
                return target.toByteArray();
            })),
            (buffer, random) -> io(() -> buffer.writeBytes(new Scattering(bytes(random, 40)), random.nextInt(60))),
            (buffer, random) -> buffer.setCharSequence(index(buffer, random), "a word of 15 ß", StandardCharsets.UTF_8),
            (buffer, random) -> buffer.toString(index(buffer, random), random.nextInt(20), StandardCharsets.ISO_8859_1),
            (buffer, random) -> buffer.forEachByte(index(buffer, random), random.nextInt(50), value -> value != 7),
            (buffer, random) -> buffer.indexOf(0, buffer.capacity(), (byte) 9));

    private static final List<Call> CALLS_OF_SHAPE = List.of(
            (buffer, random) -> same(buffer.capacity(random.nextInt(MOST + 20) - 10)),
            (buffer, random) -> same(buffer.ensureWritable(random.nextInt(200))),
            (buffer, random) -> same(buffer.discardReadBytes()),
            (buffer, random) -> same(buffer.discardSomeReadBytes()),
            (buffer, random) -> same(buffer.clear()),
            (buffer, random) -> same(buffer.readerIndex(index(buffer, random))),
            (buffer, random) -> same(buffer.writerIndex(index(buffer, random))),
            (buffer, random) -> same(buffer.markReaderIndex()),
            (buffer, random) -> same(buffer.resetReaderIndex()),
            (buffer, random) -> contents(buffer.slice(index(buffer, random), random.nextInt(60))),
            (buffer, random) -> released(buffer.retainedSlice(index(buffer, random), random.nextInt(60))),
            (buffer, random) -> released(buffer.retainedDuplicate()),
            (buffer, random) -> released(buffer.copy(index(buffer, random), random.nextInt(60))),
            (buffer, random) -> contents(buffer.duplicate()),
            (buffer, random) -> buffer.nioBuffer(index(buffer, random), random.nextInt(60)),
            (buffer, random) -> {
                ByteBuffer nio = buffer.internalNioBuffer(index(buffer, random), random.nextInt(60));
                return ByteBuffer.allocate(nio.remaining()).put(nio).flip();
            },
            (buffer, random) -> buffer.nioBuffers(index(buffer, random), random.nextInt(60))[0],
            (buffer, random) -> {
                buffer.nioBuffer(0, Math.min(buffer.capacity(), 8)).put(0, (byte) random.nextInt());
                return contents(buffer);
            },
            (buffer, random) -> buffer.readableBytes() + " " + buffer.hashCode());

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void behavesAsAnArrayOfNetty(boolean isDebugged) {
        long seed = System.nanoTime();
        SlabAllocator slabs = isDebugged
                ? SlabAllocator.builder("model")
                        .debug(Debug.SANITY, Debug.REDZONES, Debug.POISON)
                        .build()
                : SlabAllocator.builder("model").build();
        try (Buffers buffers = new Buffers(slabs)) {
            ByteBuf buffer = buffers.allocator.directBuffer(100, MOST).setZero(0, 100);
            ByteBuf model =
                    UnpooledByteBufAllocator.DEFAULT.heapBuffer(100, MOST).setZero(0, 100);
            Random choice = new Random(seed);
            for (int i = 0; i < CALLS; i++) {
                int kind = choice.nextInt(10);
                List<Call> calls = kind < 5 ? CALLS_OF_VALUES : kind < 9 ? CALLS_OF_BYTES : CALLS_OF_SHAPE;
                int number = choice.nextInt(calls.size());
                long arguments = choice.nextLong();
                int before = model.capacity();
                Object expected = outcome(calls.get(number), model, arguments);
                Object actual = outcome(calls.get(number), buffer, arguments);
                String where = "seed " + seed + ", call " + i + " of kind " + kind + ", number " + number;
                assertEquals(expected, actual, where);
                // A write that needs more room takes all of the object's class, and an array doubles.
                buffer.capacity(model.capacity());
                assertEquals(model.readerIndex(), buffer.readerIndex(), where);
                assertEquals(model.writerIndex(), buffer.writerIndex(), where);
                if (model.capacity() > before) {
                    // The contents of new bytes are not specified.
                    model.setZero(before, model.capacity() - before);
                    buffer.setZero(before, buffer.capacity() - before);
                }
                assertEquals(contents(model), contents(buffer), where);
            }
            buffer.release();
            model.release();
        }
    }

    /** Rare among random calls. */
    @Test
    void noBytesAreClearedBeyondTheEnd() {
        try (Buffers buffers = new Buffers("none")) {
            ByteBuf buffer = Buffers.fill(buffers.allocator.directBuffer(10, 10), 1);
            ByteBuf model = Buffers.fill(Unpooled.buffer(10, 10), 1);
            for (ByteBuf each : List.of(buffer, model)) {
                assertSame(each, each.setZero(11, 0));
                assertSame(each, each.setZero(-1, 0));
                assertThrows(IndexOutOfBoundsException.class, () -> each.setZero(10, 1));
            }
            assertEquals(contents(model), contents(buffer));
            buffer.release();
        }
    }

    /** The comparison would find a buffer that writes one wrong byte. */
    @Test
    void aWrongByteIsFound() {
        try (Buffers buffers = new Buffers("wrong")) {
            ByteBuf buffer = Buffers.fill(buffers.allocator.directBuffer(100, 100), 1);
            ByteBuf model = Buffers.fill(Unpooled.buffer(100, 100), 1);
            assertEquals(contents(model), contents(buffer));
            buffer.setByte(99, buffer.getByte(99) + 1);
            assertThrows(AssertionError.class, () -> assertEquals(contents(model), contents(buffer)));
            buffer.release();
        }
    }

    private static Object outcome(Call call, ByteBuf buffer, long arguments) {
        try {
            return call.apply(buffer, new Random(arguments));
        } catch (IndexOutOfBoundsException e) {
            return IndexOutOfBoundsException.class;
        } catch (IllegalArgumentException e) {
            return IllegalArgumentException.class;
        }
    }

    /** The result of a call that returns its buffer. */
    private static Object same(ByteBuf buffer) {
        return buffer.refCnt();
    }

    private static Object contents(ByteBuf buffer) {
        return Unpooled.copiedBuffer(buffer.nioBuffer(0, buffer.capacity()));
    }

    private static Object released(ByteBuf derived) {
        try {
            return contents(derived);
        } finally {
            derived.release();
        }
    }

    /** Mostly in the buffer, sometimes beyond its end. */
    private static int index(ByteBuf buffer, Random random) {
        return random.nextInt(buffer.capacity() + 5) - 1;
    }

    @SuppressWarnings("deprecation")
    private static ByteBuf swapped(ByteBuf buffer) {
        return buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A buffer of another kind, or of the same. Not released: the collector frees those of Netty. */
    private static ByteBuf other(ByteBuf buffer, Random random, int bytes) {
        return switch (random.nextInt(3)) {
            case 0 -> Unpooled.buffer(bytes, bytes).setZero(0, bytes);
            case 1 -> Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(bytes)).clear();
            default ->
                Unpooled.wrappedBuffer(new byte[bytes / 2], new byte[bytes - bytes / 2])
                        .clear();
        };
    }

    private interface Io<T> {
        T run() throws IOException;
    }

    private static <T> T io(Io<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Gathering implements GatheringByteChannel {
        private final ByteArrayOutputStream target;

        Gathering(ByteArrayOutputStream target) {
            this.target = target;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return Channels.newChannel(target).write(source);
        }

        @Override
        public long write(ByteBuffer[] sources) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static final class Scattering implements ScatteringByteChannel {
        private final ByteArrayInputStream source;

        Scattering(byte[] source) {
            this.source = new ByteArrayInputStream(source);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return Channels.newChannel(source).read(target);
        }

        @Override
        public long read(ByteBuffer[] targets) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
