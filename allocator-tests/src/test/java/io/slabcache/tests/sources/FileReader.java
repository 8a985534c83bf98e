package io.slabcache.tests.sources;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/** A program that maps a file and prints the first number in it. */
final class FileReader {
    private FileReader() {}

    public static void main(String[] arguments) throws IOException {
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(Path.of(arguments[0]))) {
            MemorySegment file = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            for (long offset = 0; offset < file.byteSize(); offset += Long.BYTES) {
                long number = file.get(ValueLayout.JAVA_LONG, offset);
                if (number != 0) {
                    System.out.println("found " + number);
                    return;
                }
            }
        }
    }
}
