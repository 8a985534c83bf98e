package io.slabcache.netty;

import io.netty.buffer.AbstractReferenceCountedByteBuf;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A buffer whose bytes are a native segment: accesses to single values, without {@code Unsafe}, and views of the NIO.
 * Netty checks the index against the capacity before it calls the methods with an underscore; the segment checks that
 * its memory is still there.
 */
abstract class SegmentByteBuf extends AbstractReferenceCountedByteBuf {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort SHORT_LE = SHORT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT_LE = INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG_LE = LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** The longest segment of which a JDK makes a buffer. */
    private static final int LONGEST_VIEW = Integer.MAX_VALUE - 8;

    /** At least as long as the capacity. */
    private MemorySegment memory;

    /** All of the memory, made at the first I/O. Only the owner of the buffer moves its position and limit. */
    private @Nullable ByteBuffer nio;

    SegmentByteBuf(MemorySegment memory) {
        super(0);
        this.memory = memory;
    }

    final MemorySegment memory() {
        return memory;
    }

    /** Gives this buffer the memory of another one, and that one the memory of this buffer. */
    final void exchangeMemory(SegmentByteBuf other) {
        MemorySegment ownMemory = memory;
        ByteBuffer ownNio = nio;
        memory = other.memory;
        nio = other.nio;
        other.memory = ownMemory;
        other.nio = ownNio;
    }

    @Override
    protected final byte _getByte(int index) {
        return memory.get(BYTE, index);
    }

    @Override
    protected final short _getShort(int index) {
        return memory.get(SHORT, index);
    }

    @Override
    protected final short _getShortLE(int index) {
        return memory.get(SHORT_LE, index);
    }

    @Override
    protected final int _getUnsignedMedium(int index) {
        return Byte.toUnsignedInt(_getByte(index)) << Short.SIZE | Short.toUnsignedInt(_getShort(index + 1));
    }

    @Override
    protected final int _getUnsignedMediumLE(int index) {
        return Short.toUnsignedInt(_getShortLE(index)) | Byte.toUnsignedInt(_getByte(index + 2)) << Short.SIZE;
    }

    @Override
    protected final int _getInt(int index) {
        return memory.get(INT, index);
    }

    @Override
    protected final int _getIntLE(int index) {
        return memory.get(INT_LE, index);
    }

    @Override
    protected final long _getLong(int index) {
        return memory.get(LONG, index);
    }

    @Override
    protected final long _getLongLE(int index) {
        return memory.get(LONG_LE, index);
    }

    @Override
    protected final void _setByte(int index, int value) {
        memory.set(BYTE, index, (byte) value);
    }

    @Override
    protected final void _setShort(int index, int value) {
        memory.set(SHORT, index, (short) value);
    }

    @Override
    protected final void _setShortLE(int index, int value) {
        memory.set(SHORT_LE, index, (short) value);
    }

    @Override
    protected final void _setMedium(int index, int value) {
        _setByte(index, value >> Short.SIZE);
        _setShort(index + 1, value);
    }

    @Override
    protected final void _setMediumLE(int index, int value) {
        _setShortLE(index, value);
        _setByte(index + 2, value >> Short.SIZE);
    }

    @Override
    protected final void _setInt(int index, int value) {
        memory.set(INT, index, value);
    }

    @Override
    protected final void _setIntLE(int index, int value) {
        memory.set(INT_LE, index, value);
    }

    @Override
    protected final void _setLong(int index, long value) {
        memory.set(LONG, index, value);
    }

    @Override
    protected final void _setLongLE(int index, long value) {
        memory.set(LONG_LE, index, value);
    }

    @Override
    public final ByteBuffer internalNioBuffer(int index, int length) {
        checkIndex(index, length);
        if (memory.byteSize() > LONGEST_VIEW) {
            return nioBuffer(index, length);
        }
        ByteBuffer made = nio;
        if (made == null) {
            made = memory.asByteBuffer();
            nio = made;
        }
        return made.clear().position(index).limit(index + length);
    }

    @Override
    public final ByteBuffer nioBuffer(int index, int length) {
        checkIndex(index, length);
        return memory.asSlice(index, length).asByteBuffer();
    }

    @Override
    public final int nioBufferCount() {
        return 1;
    }

    @Override
    public final ByteBuffer[] nioBuffers(int index, int length) {
        return new ByteBuffer[] {nioBuffer(index, length)};
    }

    @Override
    public final boolean isContiguous() {
        return true;
    }

    @Override
    @Deprecated
    public final ByteOrder order() {
        return ByteOrder.BIG_ENDIAN;
    }

    @Override
    public final @Nullable ByteBuf unwrap() {
        return null;
    }

    @Override
    public final boolean isDirect() {
        return true;
    }

    @Override
    public final boolean hasArray() {
        return false;
    }

    @Override
    public final byte[] array() {
        throw new UnsupportedOperationException("a direct buffer has no array");
    }

    @Override
    public final int arrayOffset() {
        throw new UnsupportedOperationException("a direct buffer has no array");
    }

    @Override
    public final boolean hasMemoryAddress() {
        return true;
    }
}
