package io.slabcache.netty;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;

/**
 * The transfers of many bytes between a buffer and everything else: other buffers, arrays, streams and channels. Methods
 * that Netty allows for several threads at once, those whose names begin with "get", use no NIO view of the buffer.
 */
abstract class TransferByteBuf extends SegmentByteBuf {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    /** Bytes that go through the heap at once between a buffer and a stream. */
    private static final int STREAM_BYTES = 8192;

    TransferByteBuf(MemorySegment memory) {
        super(memory);
    }

    @Override
    public final ByteBuf getBytes(int index, ByteBuf target, int targetIndex, int length) {
        checkDstIndex(index, length, targetIndex, target.capacity());
        if (target instanceof TransferByteBuf other) {
            other.ensureAccessible();
            MemorySegment.copy(memory(), index, other.memory(), targetIndex, length);
        } else if (target.hasArray()) {
            getBytes(index, target.array(), target.arrayOffset() + targetIndex, length);
        } else {
            int next = index;
            for (ByteBuffer part : target.nioBuffers(targetIndex, length)) {
                int bytes = part.remaining();
                getBytes(next, part);
                next += bytes;
            }
        }
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, byte[] target, int targetIndex, int length) {
        checkDstIndex(index, length, targetIndex, target.length);
        MemorySegment.copy(memory(), BYTE, index, target, targetIndex, length);
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, ByteBuffer target) {
        checkIndex(index, target.remaining());
        if (target.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        MemorySegment.copy(memory(), index, MemorySegment.ofBuffer(target), 0, target.remaining());
        target.position(target.limit());
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, OutputStream target, int length) throws IOException {
        checkIndex(index, length);
        byte[] bytes = new byte[Math.min(length, STREAM_BYTES)];
        for (int done = 0; done < length; ) {
            int next = Math.min(length - done, bytes.length);
            getBytes(index + done, bytes, 0, next);
            target.write(bytes, 0, next);
            done += next;
        }
        return this;
    }

    @Override
    public final int getBytes(int index, GatheringByteChannel target, int length) throws IOException {
        return target.write(nioBuffer(index, length));
    }

    @Override
    public final int getBytes(int index, FileChannel target, long position, int length) throws IOException {
        return target.write(nioBuffer(index, length), position);
    }

    @Override
    public final int readBytes(GatheringByteChannel target, int length) throws IOException {
        checkReadableBytes(length);
        int done = target.write(internalNioBuffer(readerIndex(), length));
        skipBytes(done);
        return done;
    }

    @Override
    public final int readBytes(FileChannel target, long position, int length) throws IOException {
        checkReadableBytes(length);
        int done = target.write(internalNioBuffer(readerIndex(), length), position);
        skipBytes(done);
        return done;
    }

    @Override
    public final ByteBuf setBytes(int index, ByteBuf source, int sourceIndex, int length) {
        checkSrcIndex(index, length, sourceIndex, source.capacity());
        if (source instanceof TransferByteBuf other) {
            other.ensureAccessible();
            MemorySegment.copy(other.memory(), sourceIndex, memory(), index, length);
        } else if (source.hasArray()) {
            setBytes(index, source.array(), source.arrayOffset() + sourceIndex, length);
        } else {
            int next = index;
            for (ByteBuffer part : source.nioBuffers(sourceIndex, length)) {
                int bytes = part.remaining();
                setBytes(next, part);
                next += bytes;
            }
        }
        return this;
    }

    @Override
    public final ByteBuf setBytes(int index, byte[] source, int sourceIndex, int length) {
        checkSrcIndex(index, length, sourceIndex, source.length);
        MemorySegment.copy(source, sourceIndex, memory(), BYTE, index, length);
        return this;
    }

    @Override
    public final ByteBuf setBytes(int index, ByteBuffer source) {
        checkIndex(index, source.remaining());
        MemorySegment.copy(MemorySegment.ofBuffer(source), 0, memory(), index, source.remaining());
        source.position(source.limit());
        return this;
    }

    @Override
    public final int setBytes(int index, InputStream source, int length) throws IOException {
        checkIndex(index, length);
        byte[] bytes = new byte[Math.min(length, STREAM_BYTES)];
        int done = 0;
        int asked;
        int read;
        do {
            asked = Math.min(length - done, bytes.length);
            read = source.read(bytes, 0, asked);
            if (read > 0) {
                setBytes(index + done, bytes, 0, read);
                done += read;
            }
        } while (read == asked && done < length);
        return done == 0 ? read : done;
    }

    @Override
    public final int setBytes(int index, ScatteringByteChannel source, int length) throws IOException {
        try {
            return source.read(internalNioBuffer(index, length));
        } catch (ClosedChannelException e) {
            return -1;
        }
    }

    @Override
    public final int setBytes(int index, FileChannel source, long position, int length) throws IOException {
        try {
            return source.read(internalNioBuffer(index, length), position);
        } catch (ClosedChannelException e) {
            return -1;
        }
    }

    @Override
    public final ByteBuf setZero(int index, int length) {
        // As in Netty, any index will do for no bytes.
        if (length != 0) {
            checkIndex(index, length);
            memory().asSlice(index, length).fill((byte) 0);
        }
        return this;
    }

    @Override
    public final ByteBuf writeZero(int length) {
        ensureWritable(length);
        int index = writerIndex();
        setZero(index, length);
        return writerIndex(index + length);
    }

    @Override
    public final ByteBuf copy(int index, int length) {
        checkIndex(index, length);
        return alloc().directBuffer(length, maxCapacity()).writeBytes(this, index, length);
    }
}
